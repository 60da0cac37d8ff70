import { digitsIn, SPELLINGS, TEST_CARDS } from '../../support/cards';
import { ingest, recordOf } from '../../support/ingestion';
import { ORDINARY_TEXTS } from '../../support/ordinary-texts';
import { buildOrder, stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const NUMBERS = TEST_CARDS.map(({ number }) => number);
/** Each way to write a number, of one brand after the other. */
const SPELLED = SPELLINGS.map(
  ([name, spelling], place) => [name, spelling(TEST_CARDS[place % TEST_CARDS.length]!)] as const,
);
const TOKEN = `uas_${'5tQ0xq8Wq2Vx9c1mB4n7'.repeat(2)}Zk3`;
const SPELLED_TOKENS = [
  ['as it is', TOKEN],
  ['in full width', [...TOKEN].map((letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)).join('')],
  ['with zero-width spaces', [...TOKEN].join('\u200b')],
  ['percent-encoded', TOKEN.replace('_', '%5F')],
  ['behind other letters', `token${TOKEN}`],
] as const;

describe('a secret that is spelled unusually', () => {
  const service = useService({ LOG_LEVEL: 'trace' }, { logTo: { write: (line: string) => void (log += line) } });
  const manager = useManager(service);
  let log = '';
  let answers = '';

  beforeAll(async () => {
    await stockShop(manager);
  });

  /** The requests of several routes that have a text in a body, a query or a path. */
  const requestsWith = (text: string) => {
    const encoded = encodeURIComponent(text);
    return [
      manager.post('/v1/roles', { name: text, privileges: [] }),
      manager.post('/v1/roles', { name: 'x', [text]: 'x' }),
      manager.post('/v1/orders', { ...buildOrder('ONCE'), comment: `Paid with ${text}.` }),
      // What follows `#` in a page's address is dropped before anything looks at it.
      manager.post('/v1/page-views', { page: `/orders/${text.includes('#') ? TOKEN : text}` }),
      manager.post('/v1/page-views', { page: '/orders', title: text }),
      manager.post('/v1/activities', { records: [recordOf('secret', { comment: text })] }),
      manager.post('/v1/orders/1234567/refund', { reason: 'other', comment: text }),
      manager.get(`/v1/orders?reference=${encoded}`),
      manager.get(`/v1/orders/${encoded}`),
    ];
  };

  it.each([...SPELLED, ...SPELLED_TOKENS])('is refused in requests of all kinds: %s', async (_, text) => {
    for (const request of requestsWith(text)) {
      const answer = await request;
      answers += answer.text + JSON.stringify(answer.headers);
      expect([answer.status, answer.body.code]).toEqual([422, 'card_number_refused']);
    }
  });

  it('is kept out of records and of the log where a request is not refused for it', async () => {
    const texts = [...SPELLED, ...SPELLED_TOKENS].map(([, text]) => text.replaceAll(/[\r\n]+/g, ' '));
    for (const text of texts) {
      // A header is Latin-1 on its way; what comes there as UTF-8 is other characters.
      const isHeader = /^[ -~\u00a0-\u00ff\t]*$/.test(text);
      if (isHeader) await manager.get('/v1/roles').set('user-agent', `agent ${text}`).expect(200);
      for (const encoded of [encodeURIComponent(text), encodeURIComponent(encodeURIComponent(text))]) {
        const answer = await manager.get(`/v1/${encoded}`);
        answers += answer.text;
        expect(answer.status).toBe(404);
      }
    }
    const rows = await manager.walk({ activity: 'page.accessed', limit: 1000 });
    const agents = rows.map(({ userAgent }) => String(userAgent)).filter((agent) => agent.startsWith('agent '));
    expect(agents.length).toBeGreaterThan(30);
    expect(agents.filter((agent) => !agent.includes('[masked]'))).toEqual([]);
  });

  it('is then in no table, no line of the log and no answer', async () => {
    const tables = service.writeSource.entityMetadatas.map(({ tableName }) => tableName);
    const rows = await Promise.all(tables.map((table) => service.writeSource.query(`SELECT * FROM ${table}`)));
    expect([log.length > 10_000, answers.length > 10_000]).toEqual([true, true]);
    for (const kept of [JSON.stringify(rows), log, answers]) {
      const digits = digitsIn(kept);
      for (const number of NUMBERS) expect(digits.includes(number)).toBe(false);
      expect(kept.normalize('NFKC').replace(/[\u200b]|%25|%/g, '')).not.toContain(TOKEN.slice(4));
    }
  });

  it('is not what people write otherwise, which comes back as it was', async () => {
    const comments = ORDINARY_TEXTS.map((text) => `${text} (noted)`);
    const records = comments.map((comment, place) =>
      recordOf(`ordinary-${place}`, { comment, activity: 'user.login' }),
    );
    await ingest(manager, records).expect(200);
    const rows = await manager.walk({ activity: 'user.login', limit: 1000 });
    const noted = rows.map(({ comment }) => comment).filter((comment) => comment?.endsWith('(noted)'));
    expect(noted.sort()).toEqual([...comments].sort());
  });
});
