/**
 * Returns the size of a test that repeats its proof many times: the full size with `FULL_PROOFS=true`, which `.ci/run` sets
 * for the run on MariaDB, and otherwise a smaller one, so that `npm test` stays short.
 */
export function scaled<Size>(full: Size, short: Size): Size {
  return process.env.FULL_PROOFS === 'true' ? full : short;
}
