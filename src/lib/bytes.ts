/** Bytes of a kibibyte and of a mebibyte. */
export const KIB = 1024;
export const MIB = 1024 * KIB;

/** A number of bytes for a person: `16 KiB`, `5 MiB`. */
export function formatBytes(bytes: number): string {
  return bytes < MIB ? `${bytes / KIB} KiB` : `${bytes / MIB} MiB`;
}
