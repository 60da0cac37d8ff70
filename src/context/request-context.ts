import { Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import type { Actor } from './actor';

/** Where a request comes from. */
export interface Origin {
  readonly requestId: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

const REQUEST = Symbol('request');

/** Who is acting, from where, in which request. */
@Injectable()
export class RequestContext {
  constructor(private readonly cls: ClsService) {}

  /** Runs a request, up to the last promise that is awaited for it. Nobody is known to act in it yet. */
  run(origin: Origin, handle: () => void): void {
    this.cls.runWith({ [REQUEST]: { origin } }, handle);
  }

  /** Undefined outside of a request, as on the command line. */
  get origin(): Origin | undefined {
    return this.request?.origin;
  }

  /** From here on the request is this actor's. */
  identify(actor: Actor): void {
    if (this.request) this.request.actor = actor;
  }

  /** The actor, if one is known so far. */
  get knownActor(): Actor | undefined {
    return this.request?.actor;
  }

  /** The actor, on routes that only an authenticated one reaches. */
  get actor(): Actor {
    const actor = this.knownActor;
    if (!actor) throw new Error('Nobody is known to act in this request.');
    return actor;
  }

  /** One object for the whole request: transactions run in copies of the store, and what they learn must outlive them. */
  private get request(): { readonly origin: Origin; actor?: Actor } | undefined {
    return this.cls.isActive() ? this.cls.get(REQUEST) : undefined;
  }
}
