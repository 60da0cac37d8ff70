import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A login that was tried and has not succeeded; kept for as long as it counts. */
@Entity('login_attempts')
@Index('login_attempts_by_key', ['key', 'triedAt'])
@Index('login_attempts_by_time', ['triedAt'])
export class LoginAttempt {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  /** SHA-256 of the e-mail that was given, known or not, and of the client's address. */
  @Column({ name: 'attempt_key', type: 'varchar', length: 64 })
  key: string;

  @Column({ name: 'tried_at', type: 'datetime' })
  triedAt: Date;
}
