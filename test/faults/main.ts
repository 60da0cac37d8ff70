import * as badWeather from './bad-weather';
import * as cluster from './cluster';
import * as feed from './feed';
import * as loginTiming from './login-timing';
import type { Program } from './program';
import * as worstBodies from './worst-bodies';

/** The programs. Each is a file that exports `run` and `summary`. The first is the default. */
const PROGRAMS: readonly Program[] = [
  { name: 'bad-weather', ...badWeather },
  { name: 'cluster', ...cluster },
  { name: 'feed', ...feed },
  { name: 'login-timing', ...loginTiming },
  { name: 'worst-bodies', ...worstBodies },
];

/** Runs the program that the first argument names. */
async function main([name, ...options]: string[]): Promise<boolean> {
  const program = name === undefined || name.startsWith('-') ? PROGRAMS[0]! : PROGRAMS.find((one) => one.name === name);
  if (program) return program.run(program.name === name ? options : process.argv.slice(2));
  console.error(`There is no program ${name}. There are:`);
  for (const one of PROGRAMS) console.error(`  npm run faults -- ${one.name.padEnd(14)} ${one.summary}`);
  return false;
}

main(process.argv.slice(2)).then(
  (hasPassed) => {
    process.exit(hasPassed ? 0 : 1);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
