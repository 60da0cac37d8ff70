import { Config } from '../../src/config/config';
import { loggerOptions } from '../../src/http/server/logger-options';

describe('a logged error', () => {
  const { pinoHttp } = loggerOptions(new Config());
  const { err } = (pinoHttp as { serializers: { err: (error: object) => object } }).serializers;
  const CARD = '4111 1111 1111 1111';

  it.each([
    ['its message', { message: `Bad ${CARD}` }],
    ['its stack', { stack: `Error: ${CARD}\n    at here` }],
    ['a field of the database driver', { sqlMessage: `Duplicate entry '${CARD}' for key 'PRIMARY'` }],
    ['the error of the driver', { driverError: { sqlMessage: `Duplicate entry '${CARD}'` } }],
    ['the values of the statement', { parameters: [CARD], sql: `INSERT … VALUES ('${CARD}')` }],
  ])('has no card number in %s', (_, fields) => {
    expect(JSON.stringify(err({ type: 'QueryFailedError', message: '', stack: '', ...fields }))).not.toContain(
      '4111 1111',
    );
  });

  it('keeps its other fields', () => {
    const kept = { type: 'QueryFailedError', code: 'ER_DUP_ENTRY', errno: 1062 };
    expect(err({ ...kept, message: 'Duplicate', stack: 'at here' })).toMatchObject(kept);
  });
});
