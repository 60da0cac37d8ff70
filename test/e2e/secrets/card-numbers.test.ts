import request from 'supertest';
import { exampleBody, OPERATIONS, withEachText } from '../../support/contract';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** Numbers of the card brands' own test cards, as people write them. */
const CARDS = [
  '4111111111111111',
  '5555 5555 5555 4444',
  '3782-822463-10005',
  'my card is 4111 1111 1111 1111, thanks',
];
const NUMBERS = ['4111111111111111', '5555555555554444', '378282246310005'];

describe('a full card number', () => {
  const service = useService({ LOG_LEVEL: 'trace' }, { logTo: { write: (line: string) => void (log += line) } });
  const manager = useManager(service);
  let log = '';

  const send = (method: string, path: string, body?: unknown) => {
    const address = `${service.url}${path}`;
    const test = request(service.url)[method as 'post'](address.slice(service.url.length));
    return test.set('authorization', `Bearer ${manager.token!}`).send(body as object | undefined);
  };
  const filledIn = (path: string) => path.replace(/\{\w+\}/g, '1234567');

  it('is refused in every text of every body of the contract', async () => {
    const attempts = OPERATIONS.flatMap((operation) =>
      CARDS.flatMap((card) =>
        withEachText(exampleBody(operation), card).map(({ path: field, changed }) => ({
          ...operation,
          field,
          changed,
          card,
        })),
      ),
    );
    expect(attempts.length).toBeGreaterThan(50);
    const accepted = [];
    for (const { method, path, changed, field, card } of attempts) {
      const { status, text } = await send(method, filledIn(path), changed);
      if (status < 400 || status >= 500) accepted.push(`${method} ${path} ${field}: ${status}`);
      expect(text).not.toContain(card);
    }
    expect(accepted).toEqual([]);
  }, 360_000);

  it('is refused in every parameter of every path and query', async () => {
    const accepted = [];
    let tried = 0;
    for (const { method, path, parameters = [] } of OPERATIONS) {
      for (const { name, in: place } of parameters.filter((parameter) => parameter.in !== 'header')) {
        for (const card of CARDS) {
          const inPath = filledIn(path.replace(`{${name}}`, encodeURIComponent(card)));
          const address = place === 'query' ? `${inPath}?${new URLSearchParams({ [name]: card }).toString()}` : inPath;
          const { status, text } = await send(method, address, method === 'get' ? undefined : {});
          tried++;
          if (status < 400 || status >= 500) accepted.push(`${method} ${address}: ${status}`);
          expect(text).not.toContain(card);
        }
      }
    }
    expect(tried).toBeGreaterThan(30);
    expect(accepted).toEqual([]);
  }, 360_000);

  it('is kept out of the record also as a header, a name of a field, or deep inside', async () => {
    const [card] = CARDS as [string];
    await manager.get('/v1/roles').set('user-agent', `agent ${card}`).set('x-request-id', card).expect(200);
    await manager.post('/v1/roles', { name: 'x', [card]: 'x' }).expect(422);
    await manager.post('/v1/roles', { name: 'x', privileges: [{ a: [{ b: card }] }] }).expect(422);
    await manager.post('/v1/roles', { name: 'x', privileges: [Number(card)] }).expect(422);
  });

  it('is then in no table and in no line of the log', async () => {
    const tables = service.writeSource.entityMetadatas.map(({ tableName }) => tableName);
    const rows = await Promise.all(tables.map((table) => service.writeSource.query(`SELECT * FROM ${table}`)));
    expect(log.length).toBeGreaterThan(10_000);
    for (const kept of [JSON.stringify(rows), log]) {
      const digits = kept.replace(/(?<=\d)[ -](?=\d)/g, '');
      for (const number of NUMBERS) expect(digits).not.toContain(number);
    }
  });
});
