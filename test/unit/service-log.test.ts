import { loadConfig } from '../../src/config/config';
import { ServiceLog } from '../../src/http/server/service-log';

describe('the log of the service', () => {
  const lines: string[] = [];
  let requestId: string | undefined;
  const log = new ServiceLog(loadConfig({}), () => requestId, { write: (line: string) => void lines.push(line) });
  const lastLine = () => JSON.parse(lines.at(-1)!) as Record<string, unknown>;
  const CARD = '4111 1111 1111 1111';

  afterEach(() => {
    requestId = undefined;
  });

  it.each([
    ['its message', { message: `Bad ${CARD}` }],
    ['its stack', { stack: `Error: ${CARD}\n    at here` }],
    ['a field of the database driver', { sqlMessage: `Duplicate entry '${CARD}' for key 'PRIMARY'` }],
    ['the error of the driver', { driverError: { sqlMessage: `Duplicate entry '${CARD}'` } }],
    ['the values of the statement', { parameters: [CARD], sql: `INSERT … VALUES ('${CARD}')` }],
  ])('shows no card number of an error, in %s', (_, fields) => {
    log.error(Object.assign(new Error(), fields), 'Test');
    expect(lastLine()).toMatchObject({ level: 50, context: 'Test', err: { type: 'Error' } });
    expect(lines.at(-1)).not.toContain('4111 1111');
  });

  it('shows no card number in a text or in fields', () => {
    log.log(`Bad ${CARD}`, 'Test');
    log.warn({ card: CARD }, `Bad ${CARD}`, 'Test');
    expect(lines.slice(-2).join()).not.toContain('4111 1111');
  });

  it('keeps the other fields of an error', () => {
    const kept = { code: 'ER_DUP_ENTRY', errno: 1062 };
    log.error(Object.assign(new Error('Duplicate'), kept), 'Test');
    expect(lastLine()).toMatchObject({ err: { message: 'Duplicate', ...kept } });
  });

  it('takes fields with a text, and names the logger and the request', () => {
    requestId = '01M8P4JN8S40FG4R0RXWCFDX9M';
    log.warn({ attempt: 2 }, 'Trying again.', 'Database');
    expect(lastLine()).toMatchObject({ level: 40, attempt: 2, msg: 'Trying again.', context: 'Database', requestId });
    log.log('Listening', 'main');
    expect(lastLine()).toMatchObject({ level: 30, msg: 'Listening', context: 'main' });
  });

  it("takes an error as Nest's own handlers pass it: its message, and its stack", () => {
    log.error('Broken', 'Error: Broken\n    at here', 'ExceptionsHandler');
    expect(lastLine()).toMatchObject({
      err: { message: 'Broken', stack: 'Error: Broken\n    at here' },
      context: 'ExceptionsHandler',
    });
  });
});
