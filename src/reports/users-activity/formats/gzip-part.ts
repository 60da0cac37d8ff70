import { constants, crc32, deflateRawSync } from 'node:zlib';

/** What a gzip stream contains so far: its checksum and the number of its bytes, both before compression. */
export interface GzipState {
  readonly checksum: number;
  readonly length: number;
}

/** The state of a stream that has not begun. */
export const EMPTY_GZIP: GzipState = { checksum: 0, length: 0 };

/** The header of a gzip stream (RFC 1952): deflate, no name, no time, fastest compression, unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff]);
/** The last block of a deflate stream (RFC 1951), without content. */
const LAST_BLOCK = Buffer.from([3, 0]);

/**
 * Compresses the next part of a gzip stream. The parts together are one member, because browsers ignore what follows the
 * first one. Each part is compressed by itself, so that no state of the compression is kept between them.
 */
export function gzipPart(
  bytes: Uint8Array,
  before: GzipState,
  isLast: boolean,
): { readonly bytes: Uint8Array; readonly state: GzipState } {
  const state = { checksum: crc32(bytes, before.checksum), length: before.length + bytes.length };
  // A sync flush ends the part at a byte, without a last block.
  const blocks = deflateRawSync(bytes, { level: constants.Z_BEST_SPEED, finishFlush: constants.Z_SYNC_FLUSH });
  const parts: Uint8Array[] = [...(before.length === 0 ? [HEADER] : []), blocks];
  if (isLast) parts.push(LAST_BLOCK, trailer(state));
  return { bytes: Uint8Array.from(Buffer.concat(parts)), state };
}

/** The checksum and the length modulo 2 to the power of 32. */
function trailer({ checksum, length }: GzipState): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(checksum, 0);
  bytes.writeUInt32LE(length % 2 ** 32, 4);
  return bytes;
}
