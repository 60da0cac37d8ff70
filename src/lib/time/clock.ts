import { Injectable } from '@nestjs/common';

/** The time of day, so that tests can set it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
