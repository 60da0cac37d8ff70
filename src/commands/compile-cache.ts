import module from 'node:module';
import { join } from 'node:path';

/** Since Node.js 22.1; the types are those of the oldest version that is supported. */
interface CachingModule {
  readonly enableCompileCache?: (folder: string) => void;
}

// The entry points import this first: Node.js then keeps what it compiles, and the next start is faster. Beside the code and
// not in a folder that other users can write to; where it can't be written, there is no cache.
(module as CachingModule).enableCompileCache?.(join(__dirname, '../.compile-cache'));
