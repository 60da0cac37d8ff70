import { CARD_NUMBER as CARD, withoutRequestId } from '../../support/cards';
import request from 'supertest';
import { exampleAddress, exampleBody, OPERATIONS, withEachText } from '../../support/contract';
import { ingest, recordOf } from '../../support/ingestion';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** A text of so many characters with a card number at its end. */
const endingInCard = (length: number) => `${'long text '.repeat(length / 10).slice(0, length - CARD.length)}${CARD}`;

describe('a text that is longer than its field takes', () => {
  const service = useService();
  const manager = useManager(service);

  it('is refused for its length, before anything looks for secrets in it', async () => {
    const name = endingInCard(5000);
    const { body } = await manager.post('/v1/roles', { name, privileges: [] }).expect(400);
    expect(body).toMatchObject({ code: 'length_out_of_range', errors: [{ field: '/name' }] });
    const batch = await ingest(manager, [recordOf('long', { comment: endingInCard(5000) })]).expect(400);
    expect(batch.body).toMatchObject({ code: 'length_out_of_range', errors: [{ field: '/records/0/comment' }] });
  });

  it('is looked at where its field takes so much', async () => {
    const { kind, language, html, text, subject } = exampleBody(
      OPERATIONS.find(({ method, path }) => method === 'post' && path === '/v1/email-templates')!,
    ) as Record<string, unknown>;
    const template = {
      kind,
      language,
      subject,
      text,
      html: `${String(html)}<p>${endingInCard(20_000)}</p>`,
      name: 'Long',
    };
    const { body } = await manager.post('/v1/email-templates', template).expect(422);
    expect(body).toMatchObject({ code: 'card_number_refused', errors: [{ field: '/html' }] });
  });

  it('in any place of any body is refused and not repeated, with a card number in it', async () => {
    const texts = [5000, 900_000].map(endingInCard);
    for (const operation of OPERATIONS) {
      for (const { path, changed } of texts.flatMap((text) => withEachText(exampleBody(operation), text))) {
        const test = request(service.url)[operation.method as 'post'](exampleAddress(operation));
        const answer = await test.set('authorization', `Bearer ${manager.token!}`).send(changed as object);
        expect([operation.path, path, answer.status]).toEqual([operation.path, path, expect.any(Number)]);
        expect([400, 413, 422]).toContain(answer.status);
        expect(withoutRequestId(answer.text)).not.toContain('1111');
      }
    }
  });

  it('as the name of a field is not repeated either', async () => {
    const { body, text } = await manager.post('/v1/roles', { [endingInCard(5000)]: 1, privileges: [] }).expect(400);
    expect(body.code).toBe('field_unknown');
    expect(withoutRequestId(text)).not.toContain('1111');
    const batch = await manager.post('/v1/activities', { records: [], [endingInCard(5000)]: 1 }).expect(400);
    expect(withoutRequestId(batch.text)).not.toContain('1111');
  });

  it.each([2000, 9000, 9019, 900_000])('of %d characters is cut in the record of a failed attempt', async (length) => {
    await manager.post('/v1/subscriptions/ABCD123456/cancel', { comment: `${endingInCard(length)} and more` });
    const [row] = await manager.report({ activity: 'subscription.canceled', limit: 1 });
    expect(row).toMatchObject({ outcome: 'failure', comment: expect.stringMatching(/^long text .*…$/) as string });
    expect(Array.from(row!.comment!).length).toBeLessThanOrEqual(2000);
    expect(row!.comment).not.toContain('1111 1111');
  });
});
