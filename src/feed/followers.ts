import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessWatch } from '../auth/guard/access-watch';
import { Follower } from './follower';

/** Keeps track of the open followers of this process, and ends them. */
@Injectable()
export class Followers implements OnModuleDestroy {
  private readonly open = new Set<Follower>();
  private isStopping = false;

  constructor(private readonly access: AccessWatch) {}

  /** Ends all followers when the service stops, before it waits for open requests. */
  onModuleDestroy(): void {
    this.isStopping = true;
    for (const follower of this.open) follower.end('service stops');
  }

  /**
   * Starts a follower for a request. The follower ends when the client leaves, when the actor loses the access
   * that the request needs, or when the service stops.
   */
  begin(request: FastifyRequest, { raw }: FastifyReply): Follower {
    const follower = new Follower();
    this.open.add(follower);
    follower.ended.addEventListener('abort', () => this.open.delete(follower));
    const leave = () => {
      follower.end('client left');
    };
    if (raw.destroyed) leave();
    else raw.once('close', leave);
    if (this.isStopping) follower.end('service stops');
    void this.access.watch(request, follower.ended).then((problem) => {
      if (problem) follower.end(problem);
    });
    return follower;
  }
}
