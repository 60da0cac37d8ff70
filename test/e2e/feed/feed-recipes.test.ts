import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import ts from 'typescript';
import { makeKey } from '../../support/api-keys';
import { FeedFollower, type FeedPageBody } from '../../support/feed';
import type { Person } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const DOCUMENT = 'docs/feed.md';
/** How often each program is killed before it may finish. */
const KILLS = 8;

/** Returns the first code of a language in the recipes of the document. */
async function codeIn(language: string): Promise<string> {
  const document = await readFile(DOCUMENT, 'utf8');
  const recipes = document.slice(document.search(/^## Recipe/m));
  const [, code] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(recipes)!;
  return code!;
}

/** A program of the documentation, in a folder of its own. */
interface Program {
  readonly name: string;
  readonly command: string;
  readonly pull: readonly string[];
  readonly follow: readonly string[];
  readonly write: (folder: string) => Promise<void>;
}

const PROGRAMS: readonly Program[] = [
  {
    name: 'shell',
    command: 'sh',
    pull: ['pull.sh'],
    follow: ['pull.sh', '--follow'],
    write: async (folder) => writeFile(join(folder, 'pull.sh'), await codeIn('sh')),
  },
  {
    name: 'TypeScript',
    command: process.execPath,
    pull: ['follow.mjs', '--once'],
    follow: ['follow.mjs'],
    write: async (folder) => {
      const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
      const { outputText } = ts.transpileModule(await codeIn('ts'), { compilerOptions });
      await writeFile(join(folder, 'follow.mjs'), outputText);
    },
  },
];

/** The recipe for shells needs curl and jq, which a machine with only Node.js lacks: `.ci/run` installs and names them. */
const RUNNABLE = PROGRAMS.filter(({ command }) => command !== 'sh' || process.env.SHELL_RECIPES === 'true');

describe('the recipes of the documentation', () => {
  const service = useService();
  const manager = useManager(service);
  let program: Person;
  let folder: string;

  beforeAll(async () => {
    ({ program } = await makeKey(service, manager, { privileges: ['activity_feed'] }));
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feed-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const record = () =>
    recordFor(
      service,
      manager,
      Array.from({ length: 700 }, () => ({ at: new Date() })),
    );
  /** Starts a program in a process group of its own. */
  const run = (command: string, args: readonly string[]): ChildProcess => {
    const env = { ...process.env, API: service.url, TOKEN: program.token };
    return spawn(command, args, { cwd: folder, env, detached: true, stdio: 'ignore' });
  };
  const stop = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    process.kill(-child.pid!, 'SIGKILL');
    await exited;
  };
  const stored = async (): Promise<number[]> => {
    const names = (await readdir(join(folder, 'pages'))).sort();
    const pages = await Promise.all(names.map((name) => readFile(join(folder, 'pages', name), 'utf8')));
    return pages.flatMap((page) => (JSON.parse(page) as FeedPageBody).data.map(({ sequence }) => sequence));
  };

  it.each(RUNNABLE)(
    'pull every record once, however often they are killed: $name',
    async ({ command, pull, write }) => {
      await write(folder);
      for (let batch = 0; batch < 5; batch++) await record();
      for (let kill = 0; kill < KILLS; kill++) {
        const child = run(command, pull);
        await Promise.race([once(child, 'exit'), setTimeout(20 + kill * 25)]);
        await stop(child);
        await record();
      }
      const all = new FeedFollower(program, { limit: 1000 });
      for (let page = await all.next({ wait: 5 }); page.hasMore;) page = await all.next();
      const [code] = (await once(run(command, pull), 'exit')) as [number];
      expect(code).toBe(0);
      const sequences = await stored();
      expect(sequences).toEqual(sequences.map((_, place) => place + 1));
      expect(sequences.length).toBeGreaterThanOrEqual(all.rows.length);
    },
    360_000,
  );

  it.each(RUNNABLE)(
    'follow what is recorded: $name',
    async ({ command, follow, write }) => {
      await write(folder);
      const child = run(command, follow);
      try {
        await record();
        const all = new FeedFollower(program, { limit: 1000 });
        for (let page = await all.next({ wait: 5 }); page.hasMore;) page = await all.next();
        await record();
        while (!(await stored().catch((): number[] => [])).includes(all.rows.length + 700)) await setTimeout(50);
      } finally {
        await stop(child);
      }
      const sequences = await stored();
      expect(sequences).toEqual(sequences.map((_, place) => place + 1));
    },
    360_000,
  );
});
