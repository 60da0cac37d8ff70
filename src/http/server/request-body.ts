import { HttpStatus } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { Problem } from '../problems/problem';
import { REQUEST_MALFORMED } from '../problems/problem.filter';
import { findExcess, maxValues } from './body-bounds';
import { announcesBody, receiveBody } from './receive-body';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route reads the body of a request. Other routes ignore it. */
    readonly takesBody?: boolean;
    /** Maximum bytes of the body. */
    readonly bodyLimit?: number;
  }
}

const MEDIA_TYPE_UNSUPPORTED = new Problem(
  HttpStatus.UNSUPPORTED_MEDIA_TYPE,
  'media_type_unsupported',
  'Send the body as application/json.',
);

/** Has the header with the supported encodings, as RFC 9110 (section 15.5.16) recommends. */
const CONTENT_ENCODING_UNSUPPORTED = new Problem(
  HttpStatus.UNSUPPORTED_MEDIA_TYPE,
  'content_encoding_unsupported',
  'Send the body as it is, without a Content-Encoding: compressed bodies are not read.',
  [],
  { 'Accept-Encoding': 'identity' },
);

/** Makes the server parse bodies as JSON on routes that read them. */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (request, _payload, done) => {
    const { config, bodyLimit } = request.routeOptions;
    if (config.takesBody !== true) {
      done(null);
      return;
    }
    readBody(request, bodyLimit).then((body) => {
      done(null, body);
    }, done);
  });
  server.addHook('onRequest', removeIgnoredContentType);
}

/** Removes the `Content-Type` header on routes that ignore the body, because Fastify would refuse a malformed one. */
function removeIgnoredContentType(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const { headers } = request.raw;
  if (headers['content-type'] !== undefined && request.routeOptions.config.takesBody !== true) {
    delete headers['content-type'];
  }
  done();
}

/**
 * Reads and parses the body of a request. Returns undefined for an empty body, which many clients send with DELETE.
 * @param limit maximum bytes
 * @throws Problem 400, 408, 413 or 415
 */
export async function readBody(request: FastifyRequest, limit: number): Promise<unknown> {
  if (!announcesBody(request.raw)) return undefined;
  if (isEncoded(request.headers['content-encoding'])) throw CONTENT_ENCODING_UNSUPPORTED;
  if (request.mediaType !== 'application/json') throw MEDIA_TYPE_UNSUPPORTED;
  const json = await receiveBody(request.raw, limit);
  if (json.length === 0) return undefined;
  // JSON is UTF-8 (RFC 8259). Decoding would replace other bytes by U+FFFD, so a record would differ from what was sent.
  if (!isUtf8(json)) throw REQUEST_MALFORMED;
  const excess = findExcess(json, maxValues(limit));
  if (excess) throw excess;
  return parse(request, json.toString());
}

/** Returns whether a body is encoded. `identity` means that it is not. */
function isEncoded(contentEncoding: string | undefined): boolean {
  return contentEncoding !== undefined && !/^(?:[\s,]|identity)*$/i.test(contentEncoding);
}

/** Parses JSON. Refuses field names that would change an object's prototype. */
function parse(request: FastifyRequest, json: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    void request.server.getDefaultJsonParser('error', 'error')(request, json, (error, body) => {
      if (error) reject(REQUEST_MALFORMED);
      else resolve(body);
    });
  });
}
