import { Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import type { Actor } from './actor';

/** The origin of a request, for audit records. */
export interface Origin {
  readonly requestId: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

const REQUEST = Symbol('request');

/** The actor and the origin of the current request. */
@Injectable()
export class RequestContext {
  constructor(private readonly cls: ClsService) {}

  /**
   * Handles a request in a context of its own, which all promises that the handler awaits share. The actor is not known
   * yet.
   */
  run(origin: Origin, handle: () => void): void {
    this.cls.runWith({ [REQUEST]: { origin } }, handle);
  }

  /** The origin of the request; undefined outside of a request, as on the command line. */
  get origin(): Origin | undefined {
    return this.request?.origin;
  }

  /** Sets the actor of the request. */
  identify(actor: Actor): void {
    if (this.request) this.request.actor = actor;
  }

  /** The actor; undefined until the request is authenticated. */
  get knownActor(): Actor | undefined {
    return this.request?.actor;
  }

  /** The actor, on routes that require authentication. Throws if there is none. */
  get actor(): Actor {
    const actor = this.knownActor;
    if (!actor) throw new Error('This request is not authenticated.');
    return actor;
  }

  /**
   * One mutable object for the whole request, because a transaction runs in a copy of the store, and changes to the
   * copy would be lost with it.
   */
  private get request(): { readonly origin: Origin; actor?: Actor } | undefined {
    return this.cls.isActive() ? this.cls.get(REQUEST) : undefined;
  }
}
