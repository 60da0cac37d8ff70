import contract from '../../../openapi/openapi.json';
import { SINGLE_LINE } from '../../../src/http/validation/dto-fields';
import { exampleAddress, exampleBody, OPERATIONS, withEachText, type Operation } from '../../support/contract';
import { recordOf } from '../../support/ingestion';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const LINE_BREAKS = ['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'];
/** The fields of requests that hold a single line, by their names in the contract. */
const SINGLE_LINES = /\/(?:name|label|group|title|subject|page|subscriptionReference|orderReference|userAgent)$/;
/** A reference of an order that exists has a format of its own. */
const OTHER_FORMATS = ['/preview', '/test'];

/** A request with a line break in one of its texts. */
interface Attempt {
  readonly operation: Operation;
  readonly field: string;
  readonly body: object;
}

describe('a text of a single line', () => {
  const service = useService();
  const manager = useManager(service);

  const send = ({ operation, body }: Attempt) => {
    const method = operation.method as 'post' | 'patch';
    return manager[method](exampleAddress(operation), body);
  };

  const attempts = (text: string): Attempt[] =>
    OPERATIONS.filter(({ path }) => !OTHER_FORMATS.some((end) => path.endsWith(end))).flatMap((operation) =>
      withEachText(exampleBody(operation), text)
        .filter(({ path }) => SINGLE_LINES.test(path))
        .map(({ path, changed }) => ({ operation, field: path, body: changed as object })),
    );

  it('is each name and each label that a request may hold', () => {
    expect(attempts('x').map(({ operation, field }) => `${operation.method} ${operation.path} ${field}`)).toEqual([
      'patch /v1/account /name',
      'post /v1/activities /records/0/orderReference',
      'post /v1/activities /records/0/page',
      'post /v1/activities /records/0/subscriptionReference',
      'post /v1/activities /records/0/userAgent',
      'post /v1/activity-types /group',
      'post /v1/activity-types /label',
      'patch /v1/activity-types/{code} /group',
      'patch /v1/activity-types/{code} /label',
      'post /v1/api-keys /name',
      'post /v1/email-templates /name',
      'post /v1/email-templates /subject',
      'patch /v1/email-templates/{id} /name',
      'patch /v1/email-templates/{id} /subject',
      'post /v1/orders /shopper/name',
      'post /v1/page-views /page',
      'post /v1/page-views /title',
      'post /v1/products /name',
      'post /v1/roles /name',
      'patch /v1/roles/{id} /name',
      'post /v1/users /name',
      'patch /v1/users/{id} /name',
    ]);
  });

  it('shows in the contract as a pattern', () => {
    const properties = Object.values(contract.components.schemas).flatMap((schema): object[] =>
      'properties' in schema ? Object.values(schema.properties) : [],
    );
    const patterns = properties.filter((property) => 'pattern' in property && property.pattern === SINGLE_LINE.source);
    // Those above, and the name of a user whom only another system knows.
    expect(patterns).toHaveLength(23);
  });

  it.each(LINE_BREAKS)('is refused with the line break %j in it, and the field is named', async (lineBreak) => {
    const answers = await Promise.all(
      attempts(`First${lineBreak}second`).map(async (attempt) => {
        const { status, body } = await send(attempt);
        const errors = (body.errors ?? []) as { field: string; code: string }[];
        const told = errors.some(({ field }) => field === attempt.field);
        return { field: attempt.field, status, told };
      }),
    );
    expect(answers).toEqual(answers.map(({ field }) => ({ field, status: 400, told: true })));
  });

  it('is also the name of a user whom only another system knows', async () => {
    const record = recordOf('two-lines', { user: { name: 'Nadia\nNight', email: 'nadia@night-shift.example' } });
    const { body } = await manager.post('/v1/activities', { records: [record] }).expect(400);
    expect(body).toMatchObject({ code: 'format_invalid', errors: [{ field: '/records/0/user/name' }] });
  });

  it('loses line breaks at its ends, as it loses spaces there', async () => {
    const { body } = await manager.post('/v1/roles', { name: '\n Night shift \r\n', privileges: [] }).expect(201);
    expect(body.name).toBe('Night shift');
  });

  it('is not a comment, which keeps its line breaks', async () => {
    const comment = 'First line\nsecond\u2028third';
    const record = recordOf('comment', { comment });
    await manager.post('/v1/activities', { records: [record] }).expect(200);
    const [row] = await manager.report({ activity: 'page.accessed' });
    expect(row?.comment).toBe(comment);
  });
});
