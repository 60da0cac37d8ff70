/** Bytes in a kibibyte and in a mebibyte. */
export const KIB = 1024;
export const MIB = 1024 * KIB;

/** Formats a number of bytes for people: `16 KiB`, `5 MiB`. */
export function formatBytes(bytes: number): string {
  return bytes < MIB ? `${bytes / KIB} KiB` : `${bytes / MIB} MiB`;
}
