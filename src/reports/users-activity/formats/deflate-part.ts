import { constants, crc32, deflateRawSync } from 'node:zlib';

/** What a compressed stream contains so far: its checksum and the number of its bytes, both before compression. */
export interface DeflateState {
  readonly checksum: number;
  readonly length: number;
}

/** The state of a stream that has not begun. */
export const EMPTY_STREAM: DeflateState = { checksum: 0, length: 0 };

/** A part of a compressed stream, and what the stream contains after it. */
export interface CompressedPart {
  readonly bytes: Uint8Array;
  readonly state: DeflateState;
}

/** The header of a gzip stream (RFC 1952): deflate, no name, no time, fastest compression, unknown system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff]);
/** The last block of a deflate stream (RFC 1951), without content. */
const LAST_BLOCK = Buffer.from([3, 0]);

/** The place of a part in its stream. */
export interface PartPlace {
  /** What the parts before it contain; undefined if it is the first one. */
  readonly before: DeflateState | undefined;
  readonly isLast: boolean;
}

/**
 * Compresses the next part of a deflate stream (RFC 1951). Each part is compressed by itself, so that no state of the
 * compression is kept between them.
 */
export function deflatePart(bytes: Uint8Array, { before = EMPTY_STREAM, isLast }: PartPlace): CompressedPart {
  const state = { checksum: crc32(bytes, before.checksum), length: before.length + bytes.length };
  // A sync flush ends the part at a byte, without a last block.
  const blocks = deflateRawSync(bytes, { level: constants.Z_BEST_SPEED, finishFlush: constants.Z_SYNC_FLUSH });
  return { bytes: joined([blocks, ...(isLast ? [LAST_BLOCK] : [])]), state };
}

/**
 * Compresses the next part of a gzip stream. The parts together are one member, because browsers ignore what follows the
 * first one.
 */
export function gzipPart(bytes: Uint8Array, place: PartPlace): CompressedPart {
  const part = deflatePart(bytes, place);
  const isFirst = place.before === undefined;
  if (!isFirst && !place.isLast) return part;
  const parts = [...(isFirst ? [GZIP_HEADER] : []), part.bytes, ...(place.isLast ? [trailer(part.state)] : [])];
  return { bytes: joined(parts), state: part.state };
}

/** The checksum and the length modulo 2 to the power of 32. */
function trailer({ checksum, length }: DeflateState): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(checksum, 0);
  bytes.writeUInt32LE(length % 2 ** 32, 4);
  return bytes;
}

/** Joins parts in a buffer of their own, which can be moved to another thread. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
