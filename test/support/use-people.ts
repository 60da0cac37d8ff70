import { Person } from './person';
import type { Service } from './service';

/** Creates an account before the tests of the describe block, and returns its first manager. */
export function useManager(service: Service, email = 'manager@one.example', timeZone?: string): Person {
  return usePerson(() => service.newManager(email, timeZone));
}

/** Creates a user of the manager's account before the tests of the describe block. */
export function useUser(
  service: Service,
  manager: Person,
  email: string,
  name: string,
  privileges: string[] = [],
): Person {
  return usePerson(() => service.newUser(manager, email, name, privileges));
}

/** A person who is logged in when the tests start. */
function usePerson(logIn: () => Promise<Person>): Person {
  const person = new Person('');
  beforeAll(async () => {
    person.become(await logIn());
  });
  return person;
}
