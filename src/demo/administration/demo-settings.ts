import { DEFAULT_RETENTION_DAYS, type Account } from '../../access/accounts/account.entity';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { CustomActivityType } from '../../audit/catalogue/custom-activity-type.entity';
import type { RecordedAction } from '../../audit/recording/activity-row';
import { findChanges } from '../../audit/recording/find-changes';
import type { SeededRandom } from '../../lib/seeded-random';
import { DEMO_ACCOUNT, FOUNDED_AT } from '../accounts/demo-accounts';
import { failed, succeeded } from '../accounts/demo-record';

type TypeLine = readonly [code: CustomActivityType['code'], group: string, label: string, otherLabel: string];

const EXAMPLE_TYPE: TypeLine = ['custom.crm.note_added', 'CRM', 'CRM: add note', 'CRM: add note'];
const LATER_TYPES: readonly TypeLine[] = [
  ['custom.crm.email_sent', 'CRM', 'CRM: send email', 'CRM: answer email'],
  ['custom.warehouse.parcel_sent', 'Warehouse', 'Warehouse: send parcel', 'Warehouse: hand over parcel'],
  ['custom.chat.closed', 'Chat', 'Chat: close conversation', 'Chat: end conversation'],
];
/** The retention periods between which the account changes. */
const RETENTION_DAYS = [DEFAULT_RETENTION_DAYS, 1825];

/** The settings of the demo's account, and its custom activity types. */
export class DemoSettings {
  readonly types: CustomActivityType[] = [];
  /** Its version stays 1, which is what the contract's example sends. */
  readonly account: Account = {
    id: DEMO_ACCOUNT.id,
    name: DEMO_ACCOUNT.name,
    timeZone: 'Europe/London',
    retentionDays: DEFAULT_RETENTION_DAYS,
    version: 1,
    createdAt: FOUNDED_AT,
  };

  constructor(private readonly random: SeededRandom) {}

  /** Sets the time zone that the account has from then on. */
  setTimeZone(): RecordedAction {
    return this.updateAccount({ timeZone: DEMO_ACCOUNT.timeZone });
  }

  /** Changes the retention period, or changes it back. */
  setRetention(): RecordedAction {
    const retentionDays = RETENTION_DAYS.find((days) => days !== this.account.retentionDays) ?? DEFAULT_RETENTION_DAYS;
    return this.updateAccount({ retentionDays });
  }

  /** Creates the activity type that the contract's examples use. */
  createExampleType(at: Date): RecordedAction {
    return this.addType(EXAMPLE_TYPE, at);
  }

  createType(at: Date): RecordedAction | undefined {
    const line = LATER_TYPES[this.types.length - 1];
    return line && this.addType(line, at);
  }

  /** Tries to create an activity type again. */
  createTypeAgain(): RecordedAction {
    const [code, group, label] = EXAMPLE_TYPE;
    return failed(ActivityType.ActivityTypeCreated, 'activity_type_taken', {
      comment: label,
      details: { code, label, group },
    });
  }

  /** Renames an activity type. */
  updateType(): RecordedAction | undefined {
    const type = this.random.pickWhere(this.types, ({ code }) => code !== EXAMPLE_TYPE[0]);
    const line = LATER_TYPES.find(([code]) => code === type?.code);
    if (!type || !line) return undefined;
    const [code, group, label, otherLabel] = line;
    const before = { label: type.label, group };
    type.label = type.label === label ? otherLabel : label;
    type.version++;
    const changes = findChanges(before, { label: type.label, group });
    return succeeded(ActivityType.ActivityTypeUpdated, { comment: type.label, details: { code, changes } });
  }

  private updateAccount(change: Partial<Pick<Account, 'timeZone' | 'retentionDays'>>): RecordedAction {
    const before = pickShown(this.account);
    Object.assign(this.account, change);
    const changes = findChanges(before, pickShown(this.account));
    return succeeded(ActivityType.AccountUpdated, { comment: this.account.name, details: { changes } });
  }

  private addType([code, group, label]: TypeLine, createdAt: Date): RecordedAction {
    this.types.push({ accountId: DEMO_ACCOUNT.id, code, label, group, version: 1, createdAt });
    return succeeded(ActivityType.ActivityTypeCreated, { comment: label, details: { code, label, group } });
  }
}

const pickShown = ({ name, timeZone, retentionDays }: Account) => ({ name, timeZone, retentionDays });
