// Checks the relative links of the Markdown files: the target exists, and so does the heading of an anchor.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = ['.', 'docs'].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.md') ? join(folder, name) : [])),
);
/** Returns the text of a file without its code, in which brackets are no links. */
const read = (file) => readFileSync(file, 'utf8').replace(/^```[^]*?^```/gm, '');
/** Returns the anchor that GitHub gives a heading. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (file) => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading));

const faults = files.flatMap((file) =>
  [...read(file).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].flatMap(([, link, image]) => {
    const [path, anchor] = (link ?? image).split('#');
    if (/^\w+:/.test(path)) return [];
    const target = path === '' ? file : join(file, '..', path);
    if (!existsSync(target)) return `${file}: ${path} does not exist.`;
    if (anchor === undefined || anchorsOf(target).includes(anchor)) return [];
    return `${file}: ${target} has no heading #${anchor}.`;
  }),
);
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`The links of ${files.length} Markdown files work.`);
