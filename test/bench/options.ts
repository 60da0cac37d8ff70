import { Command, InvalidArgumentError } from 'commander';

/** The options of `npm run bench`. */
export interface BenchOptions {
  readonly rows: number;
  /** URL of the database, whose name gets the number of rows appended. */
  readonly database: string;
  /** The goals to measure; all by default. */
  readonly only?: readonly string[];
}

export function readOptions(goals: readonly string[]): BenchOptions {
  const readRows = (text: string) => {
    if (!/^\d{4,8}$/.test(text)) throw new InvalidArgumentError('It must be a number from 1000 to 99999999.');
    return Number(text);
  };
  const readGoals = (text: string) => {
    const only = text.toUpperCase().split(',');
    const unknown = only.find((goal) => !goals.includes(goal));
    if (unknown !== undefined) throw new InvalidArgumentError(`${unknown} is not one of ${goals.join(', ')}.`);
    return only;
  };
  return new Command('npm run bench --')
    .description('Measures the goals of performance against baselines of the same run. Needs Linux.')
    .option('--rows <number>', 'rows of the database', readRows, 1_000_000)
    .option('--database <url>', 'sqlite:… or mysql://…; its name must contain "bench"', 'sqlite:var/bench/bench.db')
    .option('--only <goals>', `goals to measure, such as P1,P3; there are ${goals.join(', ')}`, readGoals)
    .parse()
    .opts<BenchOptions>();
}
