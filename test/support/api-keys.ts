import { Person } from './person';
import type { Service } from './service';

/** An API key as the response to its creation shows it, and a program that uses it. */
export interface MadeKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly token: string;
  readonly program: Person;
}

let sequence = 0;

/** Creates an API key of a user, with the privilege for the report by default. */
export async function makeKey(service: Service, maker: Person, fields: object = {}): Promise<MadeKey> {
  const request = { name: `key-${++sequence}`, privileges: ['users_activity'], ...fields };
  const { body } = await maker.post('/v1/api-keys', request).expect(201);
  const user = { id: body.id, name: `API key: ${body.name}`, email: null, account: maker.user.account };
  return { ...body, program: new Person(service.url, body.token, user) };
}
