import { MoreThan } from 'typeorm';
import { Config } from '../../../src/config/config';
import { LedgerEntry } from '../../../src/control-panel/payments/ledger-entry.entity';
import { RenewalsJob } from '../../../src/control-panel/subscriptions/renewals.job';
import { Subscription } from '../../../src/control-panel/subscriptions/subscription.entity';
import { runCommand } from '../../support/command';
import { onServer } from '../../support/database';
import { offer, subscribe } from '../../support/subscriptions';
import { useService, useServices } from '../../support/use-service';

const END = new Date('2026-03-31T00:00:00Z');
const NEXT_END = new Date('2026-04-30T00:00:00Z');
const DUE = 10_000;

describe('ten thousand renewals due at once, run by processes of their own', () => {
  const service = useService();

  it('are each made once', async () => {
    const manager = await service.newManager('manager@one.example');
    const product = await offer(service, manager);
    const cycleStartedAt = new Date(Date.now() - 31 * 24 * 60 * 60_000);
    const endsAt = new Date(Date.now() - 60_000);
    await subscribe(service, product, Array.from({ length: DUE }, () => ({ cycleStartedAt, endsAt }))); // prettier-ignore
    const { DATABASE_URL } = service.app.get(Config);
    // Two processes on a server; the embedded database is one process's.
    const runs = Array.from({ length: onServer ? 2 : 1 }, () => runCommand('run-jobs', { DATABASE_URL }));
    const counts = (await Promise.all(runs)).map((printed) => JSON.parse(printed) as { renewed: number });
    expect(counts.reduce((sum, { renewed }) => sum + renewed, 0)).toBe(DUE);
    expect(counts.every(({ renewed }) => renewed > 0)).toBe(true);
    const { manager: rows } = service.writeSource;
    expect(await rows.countBy(LedgerEntry, { movement: 'charge', amount: 3000 })).toBe(DUE);
    expect(await rows.countBy(Subscription, { status: 'active', endsAt: MoreThan(new Date()) })).toBe(DUE);
  }, 540_000);
});

describe('ten thousand renewals due at once', () => {
  const services = useServices();
  const [service] = services;

  beforeAll(async () => {
    for (const each of services) each.setTime(END);
    const manager = await service.newManager('manager@one.example');
    const product = await offer(service, manager);
    await subscribe(service, product, Array.from({ length: DUE }, () => ({}))); // prettier-ignore
  }, 180_000);

  it('are each made once by two runners at the same time', async () => {
    const [first, second = first] = services.map(({ app }) => app.get(RenewalsJob));
    const counts = await Promise.all([first!.runDue(), second!.runDue()]);
    expect(counts[0].renewed + counts[1].renewed).toBe(DUE);
    expect(counts.every(({ renewed, expired }) => renewed > 0 && expired === 0)).toBe(true);
    const { manager } = service.writeSource;
    expect(await manager.countBy(Subscription, { status: 'active', cycleStartedAt: END, endsAt: NEXT_END })).toBe(DUE);
    expect(await manager.countBy(LedgerEntry, { movement: 'charge', amount: 3000 })).toBe(DUE);
    expect(await manager.count(LedgerEntry)).toBe(DUE);
  }, 360_000);
});
