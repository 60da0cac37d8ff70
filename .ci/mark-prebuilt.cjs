// Runs as the npm script "dependencies", which npm starts after every change of node_modules.
//
// A package with prebuilt binaries declares `"gypfile": false`, and npm then does not compile it. But npm does not
// write this to package-lock.json, so `npm ci`, which reads only that file, compiles the package, and fails without a
// compiler. This script adds the declaration to the lock file, where `npm ci` respects it.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const lockFile = join(root, 'package-lock.json');

/** Returns whether an installed package has a binding.gyp, but declares that it must not be compiled. */
function isPrebuilt(folder) {
  if (!existsSync(join(folder, 'binding.gyp'))) return false;
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).gypfile === false;
}

const before = readFileSync(lockFile, 'utf8');
const lock = JSON.parse(before);
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path !== '' && isPrebuilt(join(root, path))) entry.gypfile = false;
}
const after = `${JSON.stringify(lock, null, 2)}\n`;
if (after !== before) writeFileSync(lockFile, after);
