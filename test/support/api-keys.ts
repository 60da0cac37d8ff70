import { Person } from './person';
import type { Service } from './service';

/** An API key as the answer to its making shows it, and a program that uses it. */
export interface MadeKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly token: string;
  readonly program: Person;
}

let made = 0;

/** Makes an API key of a user, with the privilege for the report unless it is told another one. */
export async function makeKey(service: Service, maker: Person, told: object = {}): Promise<MadeKey> {
  const request = { name: `key-${++made}`, privileges: ['users_activity'], ...told };
  const { body } = await maker.post('/v1/api-keys', request).expect(201);
  const user = { id: body.id, name: `API key: ${body.name}`, account: maker.user.account };
  return { ...body, program: new Person(service.url, body.token, user) };
}
