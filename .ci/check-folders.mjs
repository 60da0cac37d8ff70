/**
 * Checks that the folders of src/ do not import each other in a circle. A folder consists of the files directly inside
 * it; its parent and its children are different folders. Type imports count. Prints what each folder imports, and the
 * sizes of the files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = 'src';

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ path: join(ROOT, file), text: readFileSync(join(ROOT, file), 'utf8') }));
const imports = files.flatMap(importsOf).filter(({ from, to }) => dirname(from) !== dirname(to));

/** Folder → the set of folders that it imports. */
const imported = new Map();
for (const { path } of files) imported.set(dirname(path), new Set());
for (const { from, to } of imports) imported.get(dirname(from)).add(dirname(to));
const folders = [...imported.keys()].sort();

console.log('Folders, their files, and the folders that they import:');
for (const folder of folders) {
  const count = files.filter(({ path }) => dirname(path) === folder).length;
  console.log(`  ${name(folder)} (${count})${list([...imported.get(folder)].sort().map(name))}`);
}

const pairs = folders.flatMap((a) =>
  [...imported.get(a)].filter((b) => a < b && imported.get(b).has(a)).map((b) => [a, b]),
);
console.log(`\nPairs of folders that import each other: ${pairs.length}`);
for (const [a, b] of pairs) {
  console.log(`  ${name(a)} <> ${name(b)}`);
  for (const { from, to } of imports.filter(isBetween(a, b))) console.log(`    ${from} imports ${to}`);
}

const circles = circlesOf(folders);
console.log(`Circles of folders: ${circles.length}`);
for (const circle of circles) console.log(`  ${circle.map(name).join(', ')}`);

const lengths = files.map(({ text }) => text.trimEnd().split('\n').length).sort((a, b) => a - b);
const edges = folders.reduce((sum, folder) => sum + imported.get(folder).size, 0);
console.log(`\n${folders.length} folders with ${edges} imports between them; ${files.length} files.`);
console.log(
  `Lines of a file: median ${lengths[lengths.length >> 1]}, longest ${lengths.at(-1)}; ` +
    `${lengths.filter((length) => length <= 10).length} files of ten lines or fewer.`,
);

if (pairs.length + circles.length > 0) {
  console.error('\nImports between folders must go in one direction.');
  process.exit(1);
}

/** Returns the imports of files in src/ by a file: values, types and modules loaded at run time. */
function importsOf({ path, text }) {
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith('.')) return [];
    const { resolvedModule } = ts.resolveModuleName(fileName, path, {}, ts.sys);
    if (!resolvedModule) throw new Error(`${path} imports ${fileName}, which is nowhere.`);
    const to = relative('.', resolvedModule.resolvedFileName);
    return to.startsWith(ROOT) ? [{ from: path, to }] : [];
  });
}

/** Returns the strongly connected components of the import graph that consist of more than one folder. */
function circlesOf(all) {
  const reached = new Map(all.map((folder) => [folder, reachableFrom(folder)]));
  const circles = all.map((a) => all.filter((b) => reached.get(a).has(b) && reached.get(b).has(a)));
  return circles.filter((circle, index) => circle[0] === all[index]);
}

function reachableFrom(folder) {
  const reached = new Set();
  const open = [folder];
  while (open.length > 0) {
    for (const next of imported.get(open.pop())) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}

function isBetween(a, b) {
  return ({ from, to }) => [dirname(from), dirname(to)].sort().join() === [a, b].sort().join();
}

function name(folder) {
  return `${relative(ROOT, folder) || '.'}/`;
}

function list(names) {
  return names.length > 0 ? `: ${names.join(' ')}` : '';
}
