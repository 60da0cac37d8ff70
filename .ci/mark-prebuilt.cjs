// Runs as the npm script "dependencies", which npm starts whenever it has changed node_modules.
//
// A package that ships prebuilt binaries says `"gypfile": false`, and npm then does not compile it. But npm does not
// write this into package-lock.json, and `npm ci`, which reads nothing else, compiles the package after all; without a
// compiler it fails. So this script adds it to the lock file, where `npm ci` respects it.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const lockFile = join(root, 'package-lock.json');

/** Whether npm would compile the installed package, although the package says no. */
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
