import { Controller, Module, Post } from '@nestjs/common';
import PDFDocument from 'pdfkit';
import type { QueryRunner } from 'typeorm';
import { AccessModule } from '../../../src/access/access.module';
import { RequirePrivilege } from '../../../src/access/guard/access-rule.decorator';
import { Passwords } from '../../../src/access/members/password';
import { RolesRepository } from '../../../src/access/members/roles.repository';
import { Privilege } from '../../../src/access/privileges/privilege';
import { ActivityType } from '../../../src/audit/catalogue/activity-type';
import { CurrentActivity } from '../../../src/audit/recording/current-activity';
import { Tracked } from '../../../src/audit/tracking/tracked.decorator';
import { RequestContext } from '../../../src/context/request-context';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { IdSource } from '../../../src/lib/time-ordered-id';
import { Clock } from '../../../src/lib/time/clock';
import { OutgoingMail } from '../../../src/mail/outgoing-mail.entity';
import { ExportPool } from '../../../src/reports/users-activity/exports/export-pool';
import { ActivityReader } from '../../../src/reports/users-activity/reading/activity.reader';
import { onServer } from '../../support/database';
import { ACCEPT, tokenIn } from '../../support/invitations';
import type { Row } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { buildOrder, stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** What a driver throws when its transaction was rolled back for the sake of another one. */
const lost = () => Object.assign(new Error('Lost.'), { code: onServer ? 'ER_LOCK_DEADLOCK' : 'SQLITE_BUSY' });

/** Creates roles in ways that the recording core forbids, or with bad luck. */
@Controller('experiments')
@RequirePrivilege(Privilege.ManageUserAccess)
class ExperimentsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly roles: RolesRepository,
    private readonly activity: CurrentActivity,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  @Post('no-transaction')
  @Tracked(ActivityType.RoleCreated)
  openNone(): void {
    this.activity.describe(ActivityType.RoleCreated, { comment: 'no-transaction' });
  }

  @Post('another-type')
  @Tracked(ActivityType.RoleCreated)
  async describeAnotherType(): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.createRole('another-type');
      this.activity.describe(ActivityType.RoleUpdated, { comment: 'another-type' });
    });
  }

  @Post('two-transactions')
  @Tracked(ActivityType.RoleCreated)
  async openTwo(): Promise<void> {
    await this.unitOfWork.run(() => this.createRole('two-transactions'));
    await this.unitOfWork.run(() => this.createRole('another role'));
  }

  @Post('failure-ignored')
  @Tracked(ActivityType.RoleCreated)
  async ignoreFailure(): Promise<void> {
    const creation = this.unitOfWork.run(async () => {
      await this.createRole('failure-ignored');
      throw new Error('Rolled back.');
    });
    await creation.catch(() => undefined);
  }

  @Post('bookkeeping-inside')
  @Tracked(ActivityType.RoleCreated)
  async keepBooksInside(): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.createRole('bookkeeping-inside');
      await this.unitOfWork.commitSeparately(() => Promise.resolve());
    });
  }

  @Post('bookkeeping-outside')
  @Tracked(ActivityType.RoleCreated)
  async keepBooksOutside(): Promise<void> {
    await this.unitOfWork.commitSeparately(() => this.createRole('kept separately'));
    await this.unitOfWork.run(async () => {
      await this.createRole('bookkeeping-outside');
      throw new Error('Rolled back.');
    });
  }

  @Post('error-after-commit')
  @Tracked(ActivityType.RoleCreated)
  async failAfterCommit(): Promise<void> {
    await this.unitOfWork.run(() => this.createRole('error-after-commit'));
    throw new Error('Too late.');
  }

  /** Loses its transaction once at COMMIT, when the record has been written already. */
  @Post('lost-once')
  @Tracked(ActivityType.RoleCreated)
  async loseOnce(): Promise<void> {
    let attempts = 0;
    this.activity.describe(ActivityType.RoleCreated, { comment: 'described before' });
    await this.unitOfWork.run(async () => {
      attempts++;
      await this.createRole('lost-once');
      if (attempts > 1) return;
      this.activity.describe(ActivityType.RoleCreated, { comment: 'lost-once', orderReference: 'first attempt' });
      jest.spyOn(this.runner, 'commitTransaction').mockRejectedValueOnce(lost());
    });
  }

  private get runner(): QueryRunner {
    return this.unitOfWork.manager.queryRunner!;
  }

  private async createRole(name: string): Promise<void> {
    this.activity.describe(ActivityType.RoleCreated, { comment: name });
    const createdAt = this.clock.now();
    const { accountId } = this.context.actor;
    await this.roles.insert({ id: this.ids.next(createdAt), accountId, name, version: 1, createdAt }, []);
  }
}

@Module({ imports: [AccessModule], controllers: [ExperimentsController] })
class ExperimentsModule {}

describe('a tracked action', () => {
  const service = useService(
    { LOG_LEVEL: 'error' },
    { imports: [ExperimentsModule], logTo: { write: (line: string) => log.push(line) } },
  );
  const manager = useManager(service);
  const log: string[] = [];

  afterEach(() => jest.restoreAllMocks());

  const roleNames = async (): Promise<string[]> =>
    (await manager.get('/v1/roles', { limit: 1000 }).expect(200)).body.data.map(({ name }: { name: string }) => name);
  const recordsOf = async (comment: string): Promise<Row[]> =>
    (await manager.report({ activity: 'role.created' })).filter((row) => row.comment === comment);

  it.each([
    ['commits no transaction', 'no-transaction', 'it has committed no transaction', 'failure', false],
    [
      'describes another type',
      'another-type',
      'role.created, but the action describes itself as role.updated',
      'failure',
      false,
    ],
    ['opens a second transaction', 'two-transactions', 'A tracked action has one transaction', 'success', true],
    ['ignores that its transaction failed', 'failure-ignored', 'it has committed no transaction', 'failure', false],
    ['keeps books inside of its transaction', 'bookkeeping-inside', 'A transaction is open', 'failure', false],
    ['throws after its commit', 'error-after-commit', 'Too late.', 'success', true],
  ])('that %s fails loudly and has one true record', async (_, name, message, outcome, isCreated) => {
    log.length = 0;
    await manager.post(`/v1/experiments/${name}`).expect(500);
    expect(log.join()).toContain(message);
    expect(await recordsOf(name)).toMatchObject([{ outcome }]);
    expect((await roleNames()).includes(name)).toBe(isCreated);
    expect(await roleNames()).not.toContain('another role');
  });

  it('that fails keeps the bookkeeping that was committed separately', async () => {
    await manager.post('/v1/experiments/bookkeeping-outside').expect(500);
    expect(await roleNames()).toContain('kept separately');
    expect(await roleNames()).not.toContain('bookkeeping-outside');
    expect(await recordsOf('bookkeeping-outside')).toMatchObject([{ outcome: 'failure' }]);
  });

  it('whose transaction is lost once happens once, and its record describes the attempt that was committed', async () => {
    await manager.post('/v1/experiments/lost-once').expect(201);
    expect((await roleNames()).filter((name) => name === 'lost-once')).toHaveLength(1);
    expect(await recordsOf('lost-once')).toMatchObject([{ outcome: 'success', orderReference: null }]);
    expect(await recordsOf('described before')).toEqual([]);
  });

  /** Whether the request that calls it has a transaction open. */
  const isInTransaction = () => service.app.get(UnitOfWork).manager.queryRunner?.isTransactionActive ?? false;
  /** Writes by another request, while the request that calls it waits; on SQLite there is one writer at a time. */
  const writeMeanwhile = async (name: string): Promise<void> => {
    expect(isInTransaction()).toBe(false);
    await manager.post('/v1/roles', { name, privileges: [] }).timeout(5000).expect(201);
  };

  it('that reads a page of the report holds no transaction, and its record is there when it answers', async () => {
    const reader = service.app.get(ActivityReader);
    const readPage = reader.readPage.bind(reader);
    jest.spyOn(reader, 'readPage').mockImplementationOnce(async (...request) => {
      await writeMeanwhile('created while a page is read');
      return readPage(...request);
    });
    const [created] = await manager.report({ limit: 1 });
    expect(created).toMatchObject({ comment: 'created while a page is read' });
    const [built] = await manager.report({ limit: 1 });
    expect(built).toMatchObject({ activity: { code: 'report.built' }, outcome: 'success' });
  });

  it('that exports the report holds no transaction, neither before the first row nor after it', async () => {
    const pool = service.app.get(ExportPool);
    const writeBatch = pool.writeBatch.bind(pool);
    jest.spyOn(pool, 'writeBatch').mockImplementation(async (request, position, readAhead) => {
      if (!position) await writeMeanwhile('created before the first row');
      const batch = await writeBatch(request, position, readAhead);
      if (!batch.next) await writeMeanwhile('created after the last row');
      return batch;
    });
    expect(await manager.csv()).toContain('created before the first row');
    expect(await roleNames()).toContain('created after the last row');
    expect(await manager.report({ activity: 'report.exported' })).toMatchObject([{ outcome: 'success' }]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a login', () => service.login('manager@one.example')],
    ['a wrong password', () => service.nobody.post('/v1/auth/login', credentials('wrong')).expect(401)],
    ['an unknown e-mail', () => service.nobody.post('/v1/auth/login', credentials(PASSWORD, 'who')).expect(401)],
    ['a new user', () => manager.post('/v1/users', newUser('new', PASSWORD)).expect(201)],
    [
      'an accepted invitation',
      async () => {
        await manager.post('/v1/users', newUser('invited')).expect(201);
        await service.nobody.post(ACCEPT, await lastInvitation()).expect(204);
      },
    ],
    ['a change of the own password', () => changePassword(PASSWORD, `another ${PASSWORD}`)],
  ])('that hashes a password has no transaction open meanwhile: %s', async (_, act) => {
    const passwords = service.app.get(Passwords);
    const hash = passwords.hash.bind(passwords);
    const matches = passwords.matches.bind(passwords);
    const open: boolean[] = [];
    jest.spyOn(passwords, 'hash').mockImplementation((...request) => {
      open.push(isInTransaction());
      return hash(...request);
    });
    jest.spyOn(passwords, 'matches').mockImplementation((...request) => {
      open.push(isInTransaction());
      return matches(...request);
    });
    await act();
    expect(open).not.toEqual([]);
    expect(open).not.toContain(true);
  });

  it('that sends an invoice has no transaction open while the PDF is rendered', async () => {
    await stockShop(manager);
    const { body: order } = await manager.post('/v1/orders', buildOrder('ONCE')).expect(201);
    const open: boolean[] = [];
    jest.spyOn(PDFDocument.prototype, 'end').mockImplementationOnce(function (this: PDFKit.PDFDocument) {
      open.push(isInTransaction());
      this.end();
    });
    await manager.post(`/v1/orders/${order.reference}/invoice/send`, {}).expect(202);
    expect(open).toEqual([false]);
  });

  const credentials = (password: string, name = 'manager') => ({ email: `${name}@one.example`, password });
  const newUser = (name: string, password?: string) => ({
    email: `${name}@one.example`,
    name: 'Nora New',
    roleIds: [],
    ...(password !== undefined && { password }),
  });
  const lastInvitation = async () => {
    const mails = await service.writeSource.getRepository(OutgoingMail).find({ order: { id: 'DESC' }, take: 1 });
    return { token: tokenIn(mails[0]!.text), password: PASSWORD };
  };
  const changePassword = (currentPassword: string, newPassword: string) =>
    manager.post('/v1/auth/password', { currentPassword, newPassword }).expect(204);
});
