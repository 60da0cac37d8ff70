/**
 * Every problem that an operation of the contract can declare, by status and code, with an example of its `detail`.
 * Codes of validation rules, such as `out_of_range`, are missing here unless a route declares them too: the contract
 * takes them from the rules of the DTOs.
 */
const PROBLEMS_BY_STATUS = {
  400: {
    request_malformed: 'The request could not be read: its body is not valid JSON, or its URL is malformed.',
    validation_failed: '2 fields are not valid.',
    not_an_object: 'The body must be an object.',
    body_too_deep: 'The body is nested too deeply.',
    body_too_wide: 'The body has too many fields or values.',
    text_malformed: 'comment must be well-formed Unicode text without control characters.',
    field_unknown: 'colour is not a field of this request.',
    required: 'Send a page, or several as views.',
    not_a_list: 'records must be a list.',
    too_few: 'records must have at least 1 item.',
    too_many: 'records must have at most 1000 items.',
    length_out_of_range: 'html could have 100200 characters in an email; the maximum is 100000.',
    idempotency_key_invalid: 'The Idempotency-Key must be 1 to 200 characters long.',
    cursor_invalid: 'This is not a cursor of this service. Send nextCursor from a response, unchanged.',
    cursor_of_another_filter:
      'This cursor belongs to another filter. Send the filter that it came with, or start again without a cursor.',
    cursor_of_another_account: 'This cursor belongs to another account.',
    cursor_ahead:
      'This cursor names a place that the ledger has not reached. If the database was restored from a backup, start with recordedSince, at the time of the backup.',
    cursor_outdated:
      'The ledger has another record at the place of this cursor, because the database was restored from a backup. Start with recordedSince, at the time of the backup.',
    start_ambiguous: 'Send only one of after, start and recordedSince.',
    amount_invalid: 'price must be an amount of USD such as 19.90, at most 9999999999.99.',
    amount_or_lines: 'Set either amount or lines, not both.',
    network_invalid: 'networks[0] must be a network in CIDR notation such as 203.0.113.0/24 or 2001:db8::/32.',
    expiry_in_past: 'expiresAt must be in the future.',
    expiry_too_late: 'expiresAt must be at most 10 years ahead.',
    template_malformed:
      'subject is not a valid template: "{{shopperName" on line 1: between {{ and }} there can only be the name of a placeholder.',
    placeholder_unknown:
      'subject has 1 unknown placeholder(s): {{firstName}} on line 1. Emails of this kind have {{sellerName}}, {{shopperName}}, {{shopperEmail}}, {{orderReference}}, {{orderDate}}, {{total}}, {{currency}}, {{products}}.',
    html_unsafe: 'html contains what an email cannot have: <script>.',
    view_ambiguous: 'Send either one page, or several as views; not both.',
    time_in_future: 'viewedAt is more than 5 minutes in the future.',
    time_too_old: 'viewedAt is more than 24 hours ago.',
    key_repeated:
      'records[1].key is also the key of another record in the batch with the same time, but different content.',
    activity_unknown: 'activity has an unknown code, "refund.cancelled"; GET /v1/activity-types lists the known ones.',
    activity_group_unknown:
      'activityGroup has an unknown group, "Payments"; GET /v1/activity-types lists the group of each activity type.',
    amount_range_reversed: 'amountFrom is larger than amountTo.',
    interval_ambiguous: 'Send either interval, or from and to, but not both.',
    interval_reversed: 'from is later than to.',
    date_invalid:
      'from must be a day such as 2026-03-29, a date-time such as 2026-03-29T14:30:00+03:00, or a local time such as 2026-03-29T14:30.',
    local_time_nonexistent:
      'This local time does not exist: clocks skip it in Europe/Bucharest; name its offset, such as +02:00.',
    local_time_ambiguous:
      'This local time occurs twice: clocks are set back over it in Europe/Bucharest; name its offset, such as +02:00.',
    groupings_conflict:
      'groupBy cannot be both day and week. Send one of day, week and month; hourOfDay can go with each.',
    not_with_csv: 'An export always contains the whole report. Leave limit out.',
    not_with_json: 'Only a CSV or an XLSX file has columns that can be chosen. Leave columns out.',
    not_with_ndjson: 'An export always contains the whole report. Leave cursor out.',
    not_with_xlsx: 'An export always contains the whole report. Leave cursor out.',
  },
  401: {
    credentials_invalid: 'The email address or the password is wrong.',
    token_missing: 'Log in, then send the token as "Authorization: Bearer …".',
    token_malformed: 'The Authorization header must be "Bearer " and a token of this service.',
    token_invalid: 'This token is unknown: it was never issued, or its session has ended.',
    token_expired: 'The session has expired: log in again.',
  },
  403: {
    privilege_missing: 'This request requires the privilege "Users activity" (users_activity).',
    privilege_not_held: 'You cannot grant privileges that you do not have: Refunds.',
    session_required: 'An API key cannot do this: log in as a user.',
    password_change_required: 'Another user set this password. Change it first with POST /v1/auth/password.',
    network_not_allowed: "This API key cannot be used from your IP address, which is not in any of the key's networks.",
  },
  404: {
    activity_not_found: 'There is no activity with this id.',
    activity_type_not_found: 'There is no activity type with this code.',
    api_key_not_found: 'There is no API key with this id.',
    invoice_not_found: 'Only a finished order has an invoice; this one is pending.',
    order_not_found: 'There is no order with this reference.',
    product_not_found: 'There is no product with the code ABC-1.',
    refund_not_found: 'The order has no refund with this id.',
    role_not_found: 'There is no role with this id.',
    session_not_found: 'You have no open session with this id.',
    subscription_not_found: 'There is no subscription with this reference.',
    template_not_found: 'There is no template with this id.',
    template_version_not_found: 'The template has no version with this number.',
    user_not_found: 'There is no user with this id.',
  },
  406: {
    not_acceptable:
      'The report is available as application/json, text/csv, application/x-ndjson, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet. Accept one of them.',
  },
  408: { request_timeout: 'The request did not arrive in time. Send it again over a faster connection.' },
  409: {
    activity_label_built_in: 'A built-in activity type already has the label Request order refund.',
    activity_type_built_in: 'This activity type is built in, so its label and group cannot be changed.',
    activity_type_taken: 'The account already has an activity type with the code custom.crm.call.',
    activity_types_full: 'The account already has 200 custom activity types, which is the maximum.',
    api_key_name_taken:
      'An active API key is already named "Nightly export": choose another name, or revoke that key first.',
    api_key_revoked: 'This API key is already revoked.',
    email_taken: 'There is a user with the email address alex@shop.example already.',
    idempotency_key_in_use: 'The first request with this Idempotency-Key is still running: repeat it a little later.',
    key_reused: '1 record(s) already exist with the same key and time but other content; nothing was recorded.',
    last_access_manager:
      'No user could manage access after this change. First give a role with "Manage user access" to another active user who has chosen a password.',
    order_fully_refunded: 'Nothing is left of this order to refund.',
    order_not_finished: 'Only a finished order can be refunded; this one is pending.',
    privilege_would_be_lost: 'No user who can manage access would have these privileges after this change: Refunds.',
    product_code_taken: 'There is a product with the code ABC-1 already.',
    refund_ambiguous:
      'This order has several requested refunds. Set refundId to one of them: 01KAM9W3M8Q6XK2T1N9B7C5D4E, 01KAM9W3M8Q6XK2T1N9B7C5D4F.',
    refund_canceled: 'The refund is already canceled.',
    refund_not_requested: 'No refund of this order has been requested.',
    refund_processed: 'The refund has already been processed, so it cannot be canceled.',
    renewal_automatic: 'The subscription is active and its billing is already automatic.',
    renewal_stopped: 'The subscription is active and its billing is already stopped.',
    role_in_use: '2 user(s) have this role. Remove it from them first.',
    role_name_taken: 'There is a role named "Support" already.',
    subscription_active: 'The subscription is active; only a canceled subscription can be enabled.',
    subscription_canceled: 'The subscription is canceled; this action requires an active subscription.',
    subscription_ended: 'The subscription is canceled and past its end, so it cannot be enabled.',
    subscription_expired: 'The subscription has expired, so it cannot be changed.',
    template_deleted: 'The template is deleted. Restore it first.',
    template_not_deleted: 'The template is not deleted, so there is nothing to restore.',
    user_disabled: 'This user is disabled. Enable the user before you send an invitation.',
    version_outdated:
      'Someone has changed this role since you read it; its version is now 7. Read it again, then repeat your change.',
  },
  413: { body_too_large: 'The body is larger than 1 MiB, which is the maximum for this request.' },
  415: {
    media_type_unsupported: 'Send the body as application/json.',
    content_encoding_unsupported: 'Send the body as it is, without a Content-Encoding: compressed bodies are not read.',
  },
  417: { expectation_failed: 'The only supported expectation is "Expect: 100-continue".' },
  422: {
    card_expired: 'The card expired at the end of 2024-05.',
    card_number_refused:
      'comment contains what looks like a full card number or a token, which must not be sent to this service. For a card, send the payment provider’s token.',
    currency_mismatch: 'The subscription is paid in EUR, so its price cannot be in USD.',
    end_too_late: 'The subscription would end more than 100 years from now. Send fewer days.',
    fee_exceeds_price: 'nonRefundableFee must not be greater than the price.',
    idempotency_key_reused:
      'This Idempotency-Key was used for another request: use a new key for a request with a different path or body.',
    interval_too_long:
      'A summary can cover at most 400 days; this interval has 401. Send a later from or an earlier to.',
    invitation_invalid:
      'This invitation cannot be used: it was used, has expired or was replaced. Ask for another one.',
    order_line_unknown: 'The order has no line 3; it has 2.',
    password_unchanged: 'The new password is the current one. Choose a different one.',
    password_wrong: 'This is not your current password.',
    payment_declined: 'The payment provider declined the card.',
    refund_exceeds_rest: 'Only 19.90 USD of this order can still be refunded.',
    refund_of_nothing: 'The price of these units is 0, so there is nothing to refund.',
    summary_too_large:
      'The summary was stopped because it took longer than 10 seconds. Choose a shorter interval: about 90 of these 400 days should be possible.',
    too_many_groups:
      'The summary would have more than 20000 rows. Choose a shorter interval, a coarser grouping such as week or month, or fewer users or activities.',
    too_many_rows:
      'The report has more than 1048575 rows, which is the most that an XLSX file can have. Choose a shorter interval, or export it as CSV or NDJSON.',
    total_too_large: 'The total of the order exceeds the largest supported amount. Order fewer units.',
    upgrade_not_allowed: "ABC-1 is not an upgrade of the subscription's product.",
  },
  429: {
    too_many_attempts: 'Too many wrong passwords. Wait 840 seconds before you try again.',
    too_many_exports:
      '8 exports and summaries of the account are running, which is the maximum. Wait until one of them has ended.',
    too_many_streams:
      '20 streams of the account are open, which is the maximum. Close one of them, or poll GET /v1/activities with wait.',
  },
  431: { headers_too_large: 'The URL and the headers of the request together are larger than 16 KiB.' },
  503: {
    activity_not_recorded: 'The activity could not be recorded, so nothing was done. Try again later.',
    database_busy:
      'Other requests kept changing the same rows, so nothing was done. Repeat the request a little later.',
    database_unavailable: 'The database does not answer; nothing was done. Try again later.',
    not_ready: 'The service is not ready: it is starting or stopping, or its database is not available.',
    outcome_unknown:
      'The connection to the database was lost while the changes were being saved, so they may or may not have been made. Check before you repeat the request; a request with an Idempotency-Key and a batch of records can be repeated safely.',
    records_contended:
      'Other clients keep recording the same records; nothing was recorded by this request. Send the batch again.',
    too_many_connections: 'The service has reached its maximum number of connections. Close some, or try again later.',
  },
} as const;

type ByStatus = typeof PROBLEMS_BY_STATUS;
type CodesOf<Status extends keyof ByStatus> = Status extends keyof ByStatus ? keyof ByStatus[Status] : never;

/** The stable code of a problem that an operation can declare. */
export type ProblemCode = CodesOf<keyof ByStatus>;

/** A problem as the contract shows it. */
export interface CataloguedProblem {
  readonly code: string;
  readonly status: number;
  /** An example of the `detail` of a response. */
  readonly detail: string;
}

/** Every problem of the catalogue, by its code. */
export const PROBLEM_CATALOGUE: ReadonlyMap<string, CataloguedProblem> = new Map(
  Object.entries(PROBLEMS_BY_STATUS).flatMap(([status, problems]) =>
    Object.entries(problems).map(([code, detail]) => [code, { code, status: Number(status), detail }]),
  ),
);
