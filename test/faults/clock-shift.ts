/** Preloaded into the service (`node --require`): each SIGWINCH sets the clock of the process back by one hour. */
const HOUR = 60 * 60_000;
let shift = 0;
process.on('SIGWINCH', () => {
  shift -= HOUR;
});

const now = Date.now.bind(Date);
globalThis.Date = new Proxy(Date, {
  get: (date, name, receiver) =>
    name === 'now' ? () => now() + shift : (Reflect.get(date, name, receiver) as unknown),
  construct: (date, args: unknown[], target) =>
    Reflect.construct(date, args.length === 0 ? [now() + shift] : args, target) as object,
});
