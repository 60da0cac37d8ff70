import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type, type TypeHelpOptions } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsIP,
  IsObject,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ACTIVITY_CODE_SCHEMA, IsActivityCode, type ActivityCode } from '../audit/catalogue/activity-code';
import { OUTCOMES, type Outcome } from '../audit/catalogue/activity-type';
import {
  Characters,
  IsCurrency,
  IsId,
  IsInstant,
  IsSignedAmount,
  LowerCased,
  Omittable,
  SingleLine,
  Trimmed,
} from '../http/validation/dto-fields';

/** Most records of one batch. */
export const MAX_RECORDS = 1000;

/** A user of the account. */
export class KnownUser {
  /**
   * The user's id, active or disabled; the row shows the name that the user has now.
   * @example "01J000000000000000000VSER3"
   */
  @IsId()
  id: string;
}

/** Somebody whom this service need not know. */
export class NamedUser {
  /**
   * The name that the row shows, 1 to 200 characters.
   * @example "Nadia Night"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * The e-mail; if a user of the account has it, the record is that user's.
   * @example "nadia@night-shift.example"
   */
  @LowerCased()
  @Characters(1, 254)
  @IsEmail()
  email: string;
}

/** Who is meant decides which fields there are. */
function userForm(options?: TypeHelpOptions): typeof KnownUser | typeof NamedUser {
  const { user } = (options?.object ?? {}) as { user?: unknown };
  return typeof user === 'object' && user !== null && ('name' in user || 'email' in user) ? NamedUser : KnownUser;
}

/** One thing that somebody did in another system. */
@ApiExtraModels(KnownUser, NamedUser)
export class IncomingActivity {
  /**
   * Your own key of the record, 1 to 200 characters: with the same key and the same time it is recorded once. A random id is
   * best; what looks like the number of a card is refused.
   * @example "crm-2f1c6a52-17"
   */
  @IsString()
  @Characters(1, 200)
  key: string;

  /**
   * When it happened: an RFC 3339 time with its offset, kept to the millisecond. At most 5 minutes ahead, and not older than
   * the account's retention.
   * @example "2026-01-15T09:30:00+02:00"
   */
  @IsInstant()
  occurredAt: string;

  /**
   * What was done: a code that `GET /v1/activity-types` lists.
   * @example "refund.requested"
   */
  @IsActivityCode()
  @ApiProperty(ACTIVITY_CODE_SCHEMA)
  activity: ActivityCode;

  /**
   * How it ended, `success` unless it is said; a successful activity must have every column that its kind always fills.
   * @example "success"
   */
  @ApiPropertyOptional({ enum: OUTCOMES, enumName: 'Outcome' })
  @Omittable()
  @IsIn(OUTCOMES, { context: { code: 'outcome_unknown' } })
  outcome?: Outcome;

  /**
   * Who did it: a user of the account by id, or anybody by name and e-mail.
   * @example { "id": "01J000000000000000000VSER3" }
   */
  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(KnownUser) }, { $ref: getSchemaPath(NamedUser) }] })
  @IsObject()
  @ValidateNested()
  @Type(userForm)
  user: KnownUser | NamedUser;

  /**
   * The subscription that it was done to, 1 to 64 characters.
   * @example "ABCD1234EF"
   */
  @Omittable()
  @IsString()
  @Characters(1, 64)
  @SingleLine()
  subscriptionReference?: string;

  /**
   * The order that it was done to, 1 to 64 characters.
   * @example "2000001"
   */
  @Omittable()
  @IsString()
  @Characters(1, 64)
  @SingleLine()
  orderReference?: string;

  /**
   * Price or amount as a decimal text, negative ones too; never without its currency.
   * @example "19.90"
   */
  @Omittable()
  @IsSignedAmount()
  amount?: string;

  /**
   * Currency of the amount, ISO 4217; never without an amount.
   * @example "USD"
   */
  @Omittable()
  @IsCurrency()
  currency?: string;

  /**
   * How many billing cycles it is for, 1 to 1200.
   * @example 1
   */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(1200)
  billingCycles?: number;

  /**
   * What the user noted, or what the activity was about; at most 2000 characters.
   * @example "Customer request"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;

  /**
   * The page that was shown, 1 to 200 characters.
   * @example "Order"
   */
  @Omittable()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  page?: string;

  /**
   * Where it was done from, IPv4 or IPv6.
   * @example "203.0.113.7"
   */
  @Omittable()
  @Characters(1, 45)
  @IsIP()
  ipAddress?: string;

  /**
   * What it was done with; at most 512 characters.
   * @example "Mozilla/5.0"
   */
  @Omittable()
  @IsString()
  @Characters(0, 512)
  @SingleLine()
  userAgent?: string;
}

/** Records of another system. */
export class ActivityBatch {
  /** 1 to 1000 records; any order. */
  @ApiProperty({ type: [IncomingActivity] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_RECORDS)
  records: IncomingActivity[];
}
