import module from 'node:module';
import { join } from 'node:path';

/** A function of Node.js 22.1 and newer, which the types of the oldest supported version do not have. */
interface CachingModule {
  readonly enableCompileCache?: (folder: string) => void;
}

// The entry points import this first, so that Node.js caches the code that it compiles, and the next start is faster.
// The cache is next to the code, not in a shared temporary folder, where other users could replace it. If the folder
// cannot be written to, there is no cache.
(module as CachingModule).enableCompileCache?.(join(__dirname, '../.compile-cache'));
