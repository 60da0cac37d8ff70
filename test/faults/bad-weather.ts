export const summary = 'kills the service and its database, fills the disk, exhausts the pool, steps the clock back';

/** Shows that nothing acknowledged is lost, and nothing done without its record, whatever happens around the service. */
export function run(): Promise<boolean> {
  return Promise.reject(new Error('Not here yet.'));
}
