import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type, type TypeHelpOptions } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
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
  IsEmailAddress,
  IsId,
  IsInstant,
  IsIpAddress,
  IsSignedAmount,
  LowerCased,
  Omittable,
  SingleLine,
  Trimmed,
} from '../http/validation/dto-fields';

/** The maximum number of records in a batch. */
export const MAX_RECORDS = 1000;

/** A user of the account. */
export class KnownUser {
  /**
   * The id of an active or disabled user of the account: 26 characters. The record shows the name that the user has
   * when you send it.
   * @example "01J000000000000000000VSER3"
   */
  @IsId()
  id: string;
}

/** A person who does not need to be a user of this service. */
export class NamedUser {
  /**
   * The name that the record shows: 1 to 200 characters on a single line.
   * @example "Nadia Night"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * The person's email address: 1 to 254 characters, compared in lower case. If a user of the account has this address,
   * the record belongs to that user.
   * @example "nadia@night-shift.example"
   */
  @LowerCased()
  @Characters(1, 254)
  @IsEmailAddress()
  email: string;
}

/** Chooses the DTO of a record's user by its fields. */
function userDtoOf(options?: TypeHelpOptions): typeof KnownUser | typeof NamedUser {
  const { user } = (options?.object ?? {}) as { user?: unknown };
  return typeof user === 'object' && user !== null && ('name' in user || 'email' in user) ? NamedUser : KnownUser;
}

/** An activity that happened in another system. */
@ApiExtraModels(KnownUser, NamedUser)
export class IncomingActivity {
  /**
   * Your key for the record: 1 to 200 characters. Records with the same key and the same time are recorded once. Use a
   * random id: a value that looks like a card number is refused.
   * @example "crm-2f1c6a52-17"
   */
  @IsString()
  @Characters(1, 200)
  key: string;

  /**
   * When the activity happened: an RFC 3339 date-time with an offset, kept to the millisecond. It can be at most 5
   * minutes in the future, and not older than the account's retention period.
   * @example "2026-01-15T09:30:00+02:00"
   */
  @IsInstant()
  occurredAt: string;

  /**
   * The code of the activity type, as `GET /v1/activity-types` lists it.
   * @example "refund.requested"
   */
  @IsActivityCode()
  @ApiProperty(ACTIVITY_CODE_SCHEMA)
  activity: ActivityCode;

  /**
   * How the activity ended: `success` (the default), `failure` or `denied`. A successful activity must have all columns
   * that its activity type lists in `columns`.
   * @example "success"
   */
  @ApiPropertyOptional({ enum: OUTCOMES, enumName: 'Outcome' })
  @Omittable()
  @IsIn(OUTCOMES, { context: { code: 'outcome_unknown' } })
  outcome?: Outcome;

  /**
   * Who performed the activity: a user of the account, by id, or any person, by name and email address.
   * @example { "id": "01J000000000000000000VSER3" }
   */
  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(KnownUser) }, { $ref: getSchemaPath(NamedUser) }] })
  @IsObject()
  @ValidateNested()
  @Type(userDtoOf)
  user: KnownUser | NamedUser;

  /**
   * The reference of the subscription that the activity is about: 1 to 64 characters on a single line.
   * @example "ABCD1234EF"
   */
  @Omittable()
  @IsString()
  @Characters(1, 64)
  @SingleLine()
  subscriptionReference?: string;

  /**
   * The reference of the order that the activity is about: 1 to 64 characters on a single line.
   * @example "2000001"
   */
  @Omittable()
  @IsString()
  @Characters(1, 64)
  @SingleLine()
  orderReference?: string;

  /**
   * The price or amount as a decimal string, which may be negative: at most 13 digits before the decimal point, and no
   * more decimals than the currency has. It requires `currency`.
   * @example "19.90"
   */
  @Omittable()
  @IsSignedAmount()
  amount?: string;

  /**
   * The ISO 4217 code of the amount's currency. It requires `amount`.
   * @example "USD"
   */
  @Omittable()
  @IsCurrency()
  currency?: string;

  /**
   * The number of billing cycles that the activity covers: 1 to 1200.
   * @example 1
   */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(1200)
  billingCycles?: number;

  /**
   * A comment about the activity, such as the reason that the user entered: at most 2000 characters.
   * @example "Customer request"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;

  /**
   * The name or address of the page that was shown: 1 to 200 characters on a single line. From an address, the service
   * removes the query, the fragment, and the user name and password, because they can be secret.
   * @example "Order"
   */
  @Omittable()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  page?: string;

  /**
   * The IPv4 or IPv6 address that the activity came from.
   * @example "203.0.113.7"
   */
  @Omittable()
  @Characters(1, 45)
  @IsIpAddress()
  ipAddress?: string;

  /**
   * The `User-Agent` header of the browser or program: at most 512 characters on a single line.
   * @example "Mozilla/5.0"
   */
  @Omittable()
  @IsString()
  @Characters(0, 512)
  @SingleLine()
  userAgent?: string;
}

/** A batch of activities from another system. */
export class ActivityBatch {
  /** The activities to record: 1 to 1000, in any order. */
  @ApiProperty({ type: [IncomingActivity], maxItems: MAX_RECORDS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_RECORDS)
  records: IncomingActivity[];
}
