import type { EntityManager } from 'typeorm';
import { Statement } from '../../src/database/statement';

type Done = (error: Error | null, result?: unknown) => void;

describe('a statement on a server that prepares no more statements', () => {
  const run = (code: string) => {
    const execute = jest.fn((_sql: string, _values: readonly unknown[], done: Done) => {
      done(Object.assign(new Error('refused'), { code }));
    });
    const query = jest.fn((_sql: string, values: readonly unknown[], done: Done) => {
      done(null, [{ value: values[0] }]);
    });
    const dataSource = { options: { type: 'mysql' }, driver: { pool: { execute, query } } };
    const rows = new Statement('SELECT ? AS value').rows({ dataSource } as unknown as EntityManager, [7]);
    return { rows, query };
  };

  it('runs without being prepared', async () => {
    await expect(run('ER_MAX_PREPARED_STMT_COUNT_REACHED').rows).resolves.toEqual([{ value: 7 }]);
  });

  it('is not run again after another error', async () => {
    const { rows, query } = run('ER_LOCK_DEADLOCK');
    await expect(rows).rejects.toThrow('refused');
    expect(query).not.toHaveBeenCalled();
  });
});
