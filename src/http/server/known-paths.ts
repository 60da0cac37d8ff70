import { HttpStatus } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import findMyWay from 'find-my-way';
import { Problem } from '../problems/problem';

/** How paths are matched with routes. */
export const ROUTER_OPTIONS = { maxParamLength: 200 } as const;

type Done = (error?: Problem) => void;

/** Knows the methods of each path, to answer a request whose method its path does not have. */
export class KnownPaths {
  /** Finds a path whatever its methods are: all paths are registered under the same method. */
  private readonly paths = findMyWay(ROUTER_OPTIONS);
  private readonly methods = new Map<string, Set<string>>();

  /** Starts to collect the routes of a server that has none yet. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', (route) => {
      this.add(route);
    });
  }

  /**
   * Answers OPTIONS on a known path with its methods, and refuses other methods that the path does not have. Neither
   * depends on who sends the request, because the contract is public. A hook for Fastify's `onRequest`.
   * @throws Problem 405 when the path exists, but not with this method
   */
  readonly answerOtherMethods = (request: FastifyRequest, reply: FastifyReply, done: Done): void => {
    if (hasFixedPath(request)) {
      done();
      return;
    }
    const { method, url } = request;
    // Fastify's router cannot tell: it takes `PATCH /v1/email-templates/kinds` for `PATCH /v1/email-templates/:id`.
    const methods = this.methodsAt(url);
    if (!methods || methods.has(method)) done();
    else if (method === 'OPTIONS') void reply.status(HttpStatus.NO_CONTENT).header('allow', allow(methods)).send();
    else done(methodNotAllowed(method, allow(methods)));
  };

  private add({ method, url }: RouteOptions): void {
    // A CORS preflight can have any path.
    if (url === '*') return;
    let methods = this.methods.get(url);
    if (!methods) {
      methods = new Set();
      this.methods.set(url, methods);
      this.paths.on('GET', url, () => undefined, methods);
    }
    for (const one of [method].flat()) methods.add(one);
  }

  /** Returns the methods of a path, or undefined if no route has this path. */
  private methodsAt(url: string): ReadonlySet<string> | undefined {
    const found = this.paths.find('GET', url);
    // Fastify finds a route whose parameter is empty, but Nest answers it with 404.
    return found && !Object.values(found.params).includes('') ? (found.store as ReadonlySet<string>) : undefined;
  }
}

/** Returns whether the path of a route without parameters matches: then no other route has the path. */
function hasFixedPath({ routeOptions: { url } }: FastifyRequest): boolean {
  return url !== undefined && !url.includes(':') && !url.includes('*');
}

/** Returns the value of the `Allow` header. */
function allow(methods: ReadonlySet<string>): string {
  return [...methods, 'OPTIONS'].sort().join(', ');
}

function methodNotAllowed(method: string, allowed: string): Problem {
  const detail = `This path does not support the method ${method}. It supports ${allowed}.`;
  return new Problem(HttpStatus.METHOD_NOT_ALLOWED, 'method_not_allowed', detail, [], { Allow: allowed });
}
