import { AccessAndAudit1764000000000 } from './1764000000000-access-and-audit';
import { ControlPanel1764100000000 } from './1764100000000-control-panel';
import { EditorKeysIngestion1764200000000 } from './1764200000000-editor-keys-ingestion';
import { LoginLimits1764300000000 } from './1764300000000-login-limits';
import { ClusterClaims1764320000000 } from './1764320000000-cluster-claims';
import { Pruning1764330000000 } from './1764330000000-pruning';
import { PendingCharges1764330000001 } from './1764330000001-pending-charges';
import { ActivityUserEmail1764340000000 } from './1764340000000-activity-user-email';
import { ActivityReferenceIndexes1764340000001 } from './1764340000001-activity-reference-indexes';
import { AuditLedger1764350000000 } from './1764350000000-audit-ledger';
import { ActivityFeed1764350000001 } from './1764350000001-activity-feed';
import { CurrentCycle1764360000000 } from './1764360000000-current-cycle';
import { EmailTemplateLocks1764360000001 } from './1764360000001-email-template-locks';
import { RefundReasons1764360000002 } from './1764360000002-refund-reasons';
import { OrderChargeKeys1764370000000 } from './1764370000000-order-charge-keys';
import { ActivityTypeVersions1764370000001 } from './1764370000001-activity-type-versions';

/** All migrations, oldest first. A released migration never changes. */
export const MIGRATIONS = [
  AccessAndAudit1764000000000,
  ControlPanel1764100000000,
  EditorKeysIngestion1764200000000,
  LoginLimits1764300000000,
  ClusterClaims1764320000000,
  Pruning1764330000000,
  PendingCharges1764330000001,
  ActivityUserEmail1764340000000,
  ActivityReferenceIndexes1764340000001,
  AuditLedger1764350000000,
  ActivityFeed1764350000001,
  CurrentCycle1764360000000,
  EmailTemplateLocks1764360000001,
  RefundReasons1764360000002,
  OrderChargeKeys1764370000000,
  ActivityTypeVersions1764370000001,
];
