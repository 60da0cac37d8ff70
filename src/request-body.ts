import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BODY_TOO_DEEP, BODY_TOO_WIDE, bodyTooLarge, REQUEST_MALFORMED, sendProblem } from './common/problem.filter';

/** Deeper than any request here, and far from the end of the stack of whoever walks through it. */
const MAX_DEPTH = 20;
/** More than any object here has: what makes objects of bodies takes time that grows with the square of their fields. */
const MAX_FIELDS = 1000;
/** Twice what the largest batch has, with every field of every record. */
const MAX_VALUES = 50_000;

/** Has the server read bodies: as JSON or as nothing, and none that is too large, too deep or too wide. */
export function readBodies(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain');
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', (request, payload, done) => {
    readText(request, payload).then((text) => {
      // Many clients announce JSON also where they send nothing, as with DELETE.
      if (text === '') done(null);
      else void parse(request, text, done);
    }, done);
  });
  server.addHook('preValidation', refuseOutsized);
}

/**
 * The whole body as a text. One that is too large is refused as soon as that is known, but taken to its end and thrown
 * away: a client that still sends when its connection is closed never sees the answer.
 */
async function readText(request: FastifyRequest, payload: NodeJS.ReadableStream): Promise<string> {
  const limit = request.routeOptions.bodyLimit;
  if (Number(request.headers['content-length']) > limit) throw bodyTooLarge(request);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    payload.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(bodyTooLarge(request));
    });
    payload.on('end', () => {
      resolve(Buffer.concat(chunks).toString());
    });
    // The client left, so nobody reads why.
    payload.on('error', () => {
      reject(REQUEST_MALFORMED);
    });
  });
}

/** Refuses bodies without end in any direction, before anything walks through them. */
function refuseOutsized(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const problem = outsized(request.body);
  if (problem) sendProblem(problem, request, reply);
  else done();
}

/** Level by level, and no further than to where it is too much. */
function outsized(body: unknown) {
  let level = [body].filter(isObject);
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return BODY_TOO_DEEP;
    const next: object[] = [];
    for (const value of level) {
      const inner = Object.values(value) as unknown[];
      values += inner.length;
      if (values > MAX_VALUES || (!Array.isArray(value) && inner.length > MAX_FIELDS)) return BODY_TOO_WIDE;
      for (const item of inner) if (isObject(item)) next.push(item);
    }
    level = next;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
