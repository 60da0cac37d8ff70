import type { FastifyReply } from 'fastify';

/** Adds names of request headers to `Vary`, to those that are there already, such as the `Origin` of CORS. */
export function varyBy(reply: FastifyReply, ...names: readonly string[]): void {
  const present = String(reply.getHeader('vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  void reply.header('vary', [...new Set([...present, ...names])].join(', '));
}
