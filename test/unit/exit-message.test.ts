import { QueryFailedError } from 'typeorm';
import { inspect } from 'node:util';
import { CommandError, toExitMessage } from '../../src/commands/exit-message';

describe('what a process prints when an error ends it', () => {
  it('is one line, if the operator can do something', () => {
    expect(toExitMessage(new CommandError('--email must be an email address.'))).toBe(
      '--email must be an email address.',
    );
    const lost = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    expect(toExitMessage(new QueryFailedError('SELECT 1', [], lost))).toBe(
      'The database stopped answering (ECONNRESET).',
    );
  });

  it('is the error of a statement without its values', () => {
    const sql = "INSERT INTO users (password_hash) VALUES ('hush-hush')";
    const cause = Object.assign(new Error('Data too long'), { code: 'ER_DATA_TOO_LONG', sql });
    const error = new QueryFailedError('INSERT INTO users (password_hash) VALUES (?)', ['hush-hush'], cause);
    for (const one of [error, new Error('Cannot create the account', { cause: error })]) {
      const printed = inspect(toExitMessage(one));
      expect(printed).not.toContain('hush');
      expect(printed).toContain('Data too long');
      expect(printed).toContain('INSERT INTO users (password_hash) VALUES (?)');
      expect(printed).toContain('exit-message.test.ts');
    }
  });
});
