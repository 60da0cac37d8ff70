import request from 'supertest';
import { DemoData } from '../../../src/demo/demo-data';
import { DemoModule } from '../../../src/demo/demo.module';
import { exampleAddress, OPERATIONS, prefilledBody } from '../../support/contract';
import type { Person } from '../../support/person';
import { scaled } from '../../support/scale';
import { useService } from '../../support/use-service';

const PASSWORD = 'a password of the demo';
/** What no field is meant to hold, or hardly any. */
const ODD = [
  ...[{}, [], [null], [[]], '', ' ', true, 0, -1, 1.5, 1e308, 'x'.repeat(100_000), '❤️'.repeat(150)],
  ...['{{', "'; --", '../../..', '2026-02-30', '9999-12-31T23:59:59Z', '-0', '1e9', 'constructor', '__proto__'],
];

/** One place in so many gets an odd value; which one, differs from value to value. */
const EVERY = scaled(1, 4);

/** Every copy of a value in which one part, however deep, is another one. */
function withEachPart(value: unknown, odd: unknown, path = ''): { readonly path: string; readonly changed: unknown }[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const replaced = (part: unknown): unknown =>
      Array.isArray(value) ? Object.assign([...(value as unknown[])], { [key]: part }) : { ...value, [key]: part };
    const deeper = withEachPart(inner, odd, `${path}/${key}`);
    return [
      { path: `${path}/${key}`, changed: replaced(odd) },
      ...deeper.map((change) => ({ path: change.path, changed: replaced(change.changed) })),
    ];
  });
}

describe('an odd body', () => {
  const service = useService({}, { imports: [DemoModule] });
  let manager: Person;

  beforeAll(async () => {
    await service.app.get(DemoData).prepare(PASSWORD);
    manager = await service.login('manager@demo.example', PASSWORD);
  });

  /** The answers to every body of the contract with each of its parts replaced. */
  async function answersTo(
    odd: unknown,
    every = 1,
    first = 0,
  ): Promise<{ readonly attempt: string; readonly status: number }[]> {
    const answers = [];
    let place = first;
    for (const operation of OPERATIONS) {
      for (const { path, changed } of withEachPart(prefilledBody(operation), odd)) {
        if (place++ % every !== 0) continue;
        const test = request(service.url)[operation.method as 'post'](exampleAddress(operation));
        const { status } = await test.set('authorization', `Bearer ${manager.token!}`).send(changed as object);
        answers.push({ attempt: `${operation.method} ${operation.path} ${path}`, status });
      }
    }
    return answers;
  }

  it('with null in any place is a mistake of the client', async () => {
    const answers = await answersTo(null);
    expect(answers.length).toBeGreaterThan(80);
    expect(answers.filter(({ status }) => status < 400 || status >= 500)).toEqual([]);
  }, 360_000);

  it.each(ODD.map((odd, index) => [JSON.stringify(odd).slice(0, 30), odd, index] as const))(
    'with %s in any place is never a mistake of the service',
    async (_, odd, index) => {
      expect((await answersTo(odd, EVERY, index)).filter(({ status }) => status >= 500)).toEqual([]);
    },
    360_000,
  );
});
