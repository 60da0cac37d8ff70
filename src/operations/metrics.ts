import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout } from 'node:timers/promises';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { LedgerStatus } from '../audit/ledger/ledger-status';

/** Milliseconds for which the metrics wait for the database. */
const DATABASE_TIMEOUT = 1000;

/** Collects the metrics of the process and of the ledger, and the duration of requests by route. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  constructor(private readonly ledger: LedgerStatus) {
    collectDefaultMetrics({ register: this.registry });
    this.addLedgerMetrics();
  }

  /**
   * Records the duration of a request. The label is the route's pattern, because every distinct URL would create a time
   * series.
   */
  observe(request: FastifyRequest, reply: FastifyReply): void {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: String(reply.statusCode),
    };
    this.requests.observe(labels, reply.elapsedTime / 1000);
  }

  render(): Promise<string> {
    return this.registry.metrics();
  }

  private addLedgerMetrics(): void {
    const { ledger, registry } = this;
    let counted = 0;
    new Counter({
      name: 'ledger_entries_appended_total',
      help: 'Records to which this process gave their places in the ledger.',
      registers: [registry],
      collect() {
        this.inc(ledger.appendedCount - counted);
        counted = ledger.appendedCount;
      },
    });
    new Gauge({
      name: 'ledger_pending_seconds',
      help: 'How long the oldest record has been waiting for its place in the ledger; NaN if the database does not answer.',
      registers: [registry],
      async collect() {
        const timeout = setTimeout(DATABASE_TIMEOUT, NaN, { ref: false });
        this.set(await Promise.race([ledger.secondsPending().catch(() => NaN), timeout]));
      },
    });
  }
}
