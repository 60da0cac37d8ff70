import request from 'supertest';
import { DemoData } from '../../../src/demo/demo-data';
import { DemoModule } from '../../../src/demo/demo.module';
import { exampleAddress, OPERATIONS, prefilledBody, type Operation } from '../../support/contract';
import type { Person } from '../../support/person';
import { useService } from '../../support/use-service';

const PASSWORD = 'a password of the demo';
/** What must come before what, where the order of the contract is another. */
const LATE = [
  '/refund/cancel',
  '/renewal/enable',
  '/subscriptions/{reference}/cancel',
  '/subscriptions/{reference}/enable',
  '/auth/logout',
];
/** What the examples can't do on the demo, and why. */
const REFUSED: Partial<Record<string, string>> = {
  'delete /v1/roles/{id}': 'role_in_use',
  // What they need is in a mail, in the terminal or of another login.
  'post /v1/auth/invitation': 'invitation_invalid',
  'post /v1/auth/password': 'password_wrong',
  'delete /v1/auth/sessions/{id}': 'session_not_found',
};

const lateness = ({ path }: Operation) => LATE.findIndex((ending) => path.endsWith(ending));
const inOrder = [...OPERATIONS].sort((a, b) => lateness(a) - lateness(b));

describe('the examples of the contract, sent to the demo as they stand', () => {
  const service = useService({}, { imports: [DemoModule] });
  let manager: Person;

  beforeAll(async () => {
    await service.app.get(DemoData).prepare(PASSWORD);
    manager = await service.login('manager@demo.example', PASSWORD);
  });

  it.each(inOrder.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s works',
    async (name, operation) => {
      const body = operation.path.endsWith('/login')
        ? { email: 'manager@demo.example', password: PASSWORD }
        : prefilledBody(operation);
      // Without the parameter, the stream would not end.
      const address = exampleAddress(operation) + (operation.path.endsWith('/stream') ? '?timeoutSeconds=0' : '');
      const test = request(service.url)[operation.method as 'post'](address);
      const answer = await test.set('authorization', `Bearer ${manager.token!}`).send(body as object | undefined);
      const refusal = REFUSED[name];
      expect(answer.ok ? undefined : answer.body.code).toBe(refusal);
    },
  );
});
