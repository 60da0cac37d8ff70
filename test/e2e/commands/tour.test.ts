import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { csvLines } from '../../support/csv';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { BuiltProcess } from '../../support/process';
import { expectedJson, readTour } from '../../support/tour';

const [START, ...STEPS] = readTour();
/** The address of the demo in the tour. */
const ADDRESS = 'http://127.0.0.1:3000';
/** Separates the outputs of the steps. */
const SEPARATOR = '\x1e';

describe('the tour of the README', () => {
  it('starts the demo, and shows what most of its steps print', () => {
    expect(START).toEqual({ code: 'DEMO_PASSWORD=five-minute-tour npm run demo\n' });
    expect(STEPS.filter(({ code }) => code.includes(ADDRESS))).toEqual([STEPS[0]]);
    const shown = STEPS.flatMap((step) => step.shown ?? []);
    expect(shown.length).toBeGreaterThan(STEPS.length / 2);
    const json = shown.filter(({ language }) => language === 'json').map(({ text }) => expectedJson(text));
    expect(json.length).toBeGreaterThan(4);
  });
});

/** Running the tour needs curl, which a machine with only Node.js lacks: `.ci/run` installs it and sets this variable. */
if (process.env.SHELL_RECIPES === 'true') {
  describe('the tour of the README in a shell', () => {
    let database: TestDatabase;
    let demo: BuiltProcess | undefined;
    let url: string;

    beforeAll(async () => {
      database = await freshDatabase();
      const [, DEMO_PASSWORD = ''] = /^DEMO_PASSWORD=(\S+) /.exec(START.code) ?? [];
      demo = BuiltProcess.start(['cli.js', 'demo'], { DATABASE_URL: database.url, DEMO_PASSWORD });
      [, url = ''] = await demo.line(/Swagger UI +(http\S+)\/docs/);
    });
    afterAll(async () => {
      await demo?.kill();
      await database.drop();
    });

    /** Runs all steps in one shell, which stops at the first command that fails, and returns what each printed. */
    const takeTour = async (): Promise<string[]> => {
      const script = STEPS.map(({ code }) => `${code}\nprintf '\\036'\n`).join('');
      const { stdout, stderr } = await promisify(execFile)('sh', ['-euc', script.replace(ADDRESS, url)]);
      expect(stderr).toBe('');
      return stdout.split(SEPARATOR);
    };

    it.each(['the first time', 'again'])('prints what it shows: %s', async () => {
      const printed = await takeTour();
      expect(printed).toHaveLength(STEPS.length + 1);
      for (const [place, { code, shown }] of STEPS.entries()) {
        const output = printed[place]!;
        if (shown?.language === 'csv') {
          expect(csvLines(output).map(withoutValues)).toEqual(
            csvLines(shown.text.replaceAll('\n', '\r\n')).map(withoutValues),
          );
        } else if (shown) {
          expect({ code, output: JSON.parse(output) as unknown }).toEqual({ code, output: expectedJson(shown.text) });
        } else {
          // A problem has a `type`.
          expect({ code, output: JSON.parse(output) as unknown }).toEqual({
            code,
            output: expect.not.objectContaining({ type: expect.anything() }),
          });
        }
      }
      const [refused, recorded] = printed.filter((output) => output.includes('privilege_missing'));
      const { requestId } = JSON.parse(refused!) as { readonly requestId: string };
      expect(JSON.parse(recorded!)).toMatchObject({ data: [{ requestId }] });
    });
  });
}

/** Leaves of a line of the CSV what is the same in every demo: the headings, and the user of a row. */
function withoutValues(line: readonly string[], place: number): readonly unknown[] {
  return place === 0 ? line : [line.length, line[1]];
}
