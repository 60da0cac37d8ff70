import { PendingRecords } from '../../../src/audit/recording/pending-records.entity';
import { deleteRows } from '../../../src/database/delete-rows';
import { Statement } from '../../../src/database/statement';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { useService } from '../../support/use-service';

const ACCOUNT = '01J000000000000000000ACCT9';
const idOf = (place: number) => `01KF08ZB9X${String(place).padStart(16, '0')}`;

describe('deleting rows by their ids', () => {
  const service = useService();
  afterEach(() => jest.restoreAllMocks());

  it.each([0, 1, 512, 1300])('deletes %i of them, by statements of a bounded size', async (count) => {
    const unitOfWork = service.app.get(UnitOfWork);
    const sizes: number[] = [];
    const rows = Array.from({ length: count + 1 }, (_, place) => ({
      id: idOf(place),
      accountId: ACCOUNT,
      activityIds: [],
    }));
    const left = await unitOfWork.run(async () => {
      await unitOfWork.insert({ entity: PendingRecords, rows });
      const run = jest.spyOn(Statement.prototype, 'run');
      await deleteRows(
        unitOfWork.manager,
        'audit_pending',
        rows.slice(0, count).map(({ id }) => id),
      );
      sizes.push(...run.mock.calls.map(([, values]) => values.length));
      const found = await unitOfWork.manager.find(PendingRecords, { where: { accountId: ACCOUNT } });
      await deleteRows(unitOfWork.manager, 'audit_pending', [idOf(count)]);
      return found.map(({ id }) => id);
    });
    expect(left).toEqual([idOf(count)]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(count);
    expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(512);
  });
});
