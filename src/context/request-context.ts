import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from './actor';

/** The origin of a request, for audit records. */
export interface Origin {
  readonly requestId: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/**
 * The state of one request. It is mutable, because a transaction runs in a separate scope that shares it: an actor that
 * is set in one scope must be known in the other.
 */
interface CurrentRequest {
  readonly origin: Origin;
  readonly values: Map<symbol, unknown>;
  actor: Actor | undefined;
}

/** The request on whose behalf the current code runs, and the transaction that is open; either can be undefined. */
interface Scope {
  readonly request: CurrentRequest | undefined;
  readonly transaction: unknown;
}

/**
 * The scopes of all services of the process: on Node.js 20, every promise takes longer for each storage that was ever used,
 * and tests start many services.
 */
const SCOPES = new AsyncLocalStorage<Scope>();

/** The actor and the origin of the current request, and its open transaction. */
@Injectable()
export class RequestContext {
  /**
   * Handles a request in a scope of its own, which all promises that the handler awaits share. The actor is not known
   * yet.
   */
  run(origin: Origin, handle: () => void): void {
    const request = { origin, values: new Map<symbol, unknown>(), actor: undefined };
    SCOPES.run({ request, transaction: undefined }, handle);
  }

  /** Runs work in a scope in which a transaction is open. */
  runInTransaction<Result>(transaction: object, work: () => Promise<Result>): Promise<Result> {
    return SCOPES.run({ request: this.request, transaction }, work);
  }

  /** The open transaction, as `UnitOfWork` has set it; undefined outside of a transaction. */
  get transaction(): unknown {
    return SCOPES.getStore()?.transaction;
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

  /** Returns a value that `set` has stored for the current request. */
  get(key: symbol): unknown {
    return this.request?.values.get(key);
  }

  /** Stores a value until the current request ends. Does nothing outside of a request. */
  set(key: symbol, value: unknown): void {
    this.request?.values.set(key, value);
  }

  private get request(): CurrentRequest | undefined {
    return SCOPES.getStore()?.request;
  }
}
