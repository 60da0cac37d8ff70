import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApp, createContract } from './app';
import { Config } from './config/config';

const FILE = join(__dirname, '../openapi/openapi.json');

/** Writes the OpenAPI document, or checks that the committed one is up to date. Needs no database. */
async function main(mode: string | undefined): Promise<void> {
  const app = await createApp(new Config(), { preview: true });
  const contract = `${JSON.stringify(sortKeys(createContract(app)), null, 2)}\n`;
  if (mode === 'write') return writeFile(FILE, contract);
  if (mode !== 'check') throw new Error('The argument must be write or check.');
  const committed = await readFile(FILE, 'utf8').catch(() => '');
  if (committed !== contract) throw new Error('openapi/openapi.json is out of date: run npm run openapi.');
}

/** Sorts the keys of every object, so that reordering code does not change the document. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
