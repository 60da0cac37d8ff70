import type { Test } from 'supertest';
import { PASSWORD, type Service } from './service';

export const LOGIN = '/v1/auth/login';
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** Tries to log in, at a time and from an address of the test's choice. The service must trust one proxy. */
export class Logins {
  /** The services that take turns, on the same database. */
  private readonly services: readonly Service[];
  private turn = 0;

  constructor(
    private readonly start: number,
    ...services: readonly Service[]
  ) {
    this.services = services;
  }

  /** Sets the time of day, in milliseconds after the start. */
  at(milliseconds: number): this {
    for (const service of this.services) service.setTime(new Date(this.start + milliseconds));
    return this;
  }

  /** One login. */
  try(email: string, address: string, password = 'not the password'): Test {
    const service = this.services[this.turn++ % this.services.length]!;
    return service.nobody.post(LOGIN, { email, password }).set('x-forwarded-for', address);
  }

  /** A login with the right password. */
  succeed(email: string, address: string): Test {
    return this.try(email, address, PASSWORD).expect(200);
  }

  /** So many wrong passwords, one after the other, each of which was checked. */
  async fail(times: number, email: string | ((time: number) => string), address: string | ((time: number) => string)) {
    for (let time = 0; time < times; time++) {
      const [ofEmail, ofAddress] = [email, address].map((told) => (typeof told === 'string' ? told : told(time)));
      await this.try(ofEmail!, ofAddress!).expect(401);
    }
  }

  /** How many of so many wrong passwords at the same time were checked; the others must have been refused. */
  async failAtOnce(times: number, email: string, address: (time: number) => string): Promise<number> {
    const tries = Array.from({ length: times }, (_, time) => this.try(email, address(time)));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 401 && status !== 429)).toEqual([]);
    return statuses.filter((status) => status === 401).length;
  }
}

/** An address of its own for each number, each in a network of its own. */
export function addressOf(number: number): string {
  return `198.51.${100 + Math.floor(number / 250)}.${1 + (number % 250)}`;
}
