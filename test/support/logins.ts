import type { Test } from 'supertest';
import { PASSWORD, type Service } from './service';

export const LOGIN = '/v1/auth/login';
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** Sends logins at times and from IP addresses that the test chooses. The service must trust one proxy. */
export class Logins {
  /** The services that get the logins in turn, on the same database. */
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

  /** Sends a login. */
  try(email: string, address: string, password = 'not the password'): Test {
    const service = this.services[this.turn++ % this.services.length]!;
    return service.nobody.post(LOGIN, { email, password }).set('x-forwarded-for', address);
  }

  /** Sends a login with the right password. */
  succeed(email: string, address: string): Test {
    return this.try(email, address, PASSWORD).expect(200);
  }

  /** Sends wrong passwords one after the other, and expects the service to check each of them. */
  async fail(times: number, email: string | ((time: number) => string), address: string | ((time: number) => string)) {
    for (let time = 0; time < times; time++) {
      const [currentEmail, currentAddress] = [email, address].map((value) =>
        typeof value === 'string' ? value : value(time),
      );
      await this.try(currentEmail!, currentAddress!).expect(401);
    }
  }

  /**
   * Sends wrong passwords at the same time, expects the service to check or refuse each, and returns how many it
   * checked.
   */
  async failAtOnce(times: number, email: string, address: (time: number) => string): Promise<number> {
    const tries = Array.from({ length: times }, (_, time) => this.try(email, address(time)));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 401 && status !== 429)).toEqual([]);
    return statuses.filter((status) => status === 401).length;
  }
}

/** Returns a different IP address, in a different network, for each number. */
export function addressOf(number: number): string {
  return `198.51.${100 + Math.floor(number / 250)}.${1 + (number % 250)}`;
}
