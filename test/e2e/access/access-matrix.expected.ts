/**
 * Who may call what. This table is written by hand and reviewed: it is not derived from the decorators that the guard
 * reads, so that a change of access has to be made in two places, and one of them says what it means.
 */
export interface Access {
  /**
   * Who gets in:
   * - `anybody`: with any token or none;
   * - `any token`: any valid session or API key, also before a password that somebody else chose is changed;
   * - `own access`: any valid session, also before that; API keys get `session_required`;
   * - `signed in`: any valid session or API key after that;
   * - a list: a session or API key that holds at least one of these privileges.
   */
  readonly who: 'anybody' | 'any token' | 'own access' | 'signed in' | readonly string[];
  /** API keys get `session_required`, whatever they hold. */
  readonly peopleOnly?: true;
  /** The status of its success. */
  readonly success: number;
  /** What another account's manager gets who sends this account's ids; left out where a request names none. */
  readonly foreign?: number;
}

const ACCOUNT = ['account_settings'];
const KEYS = ['api_keys'];
const USERS = ['manage_user_access'];
const MAILS = ['email_editor'];
const ORDERS = ['orders'];
const INVOICES = ['invoices'];
const REFUNDS = ['refunds'];
const SUBSCRIPTIONS = ['subscription_management'];

export const EXPECTED_ACCESS: Readonly<Record<string, Access>> = {
  'GET /health/live': { who: 'anybody', success: 200 },
  'GET /health/ready': { who: 'anybody', success: 200 },
  'GET /metrics': { who: 'anybody', success: 200 },

  'POST /v1/auth/login': { who: 'anybody', success: 200 },
  'POST /v1/auth/invitation': { who: 'anybody', success: 204 },
  'GET /v1/auth/me': { who: 'any token', success: 200 },
  'POST /v1/auth/logout': { who: 'own access', success: 204 },
  'POST /v1/auth/password': { who: 'own access', success: 204 },
  'GET /v1/auth/sessions': { who: 'own access', success: 200 },
  'DELETE /v1/auth/sessions': { who: 'own access', success: 204 },
  'DELETE /v1/auth/sessions/{id}': { who: 'own access', success: 204, foreign: 404 },

  'GET /v1/account': { who: ACCOUNT, success: 200 },
  'PATCH /v1/account': { who: ACCOUNT, success: 200 },

  'GET /v1/privileges': { who: 'signed in', success: 200 },
  'GET /v1/roles': { who: USERS, success: 200 },
  'POST /v1/roles': { who: USERS, peopleOnly: true, success: 201 },
  'GET /v1/roles/{id}': { who: USERS, success: 200, foreign: 404 },
  'PATCH /v1/roles/{id}': { who: USERS, peopleOnly: true, success: 200, foreign: 404 },
  'DELETE /v1/roles/{id}': { who: USERS, peopleOnly: true, success: 204, foreign: 404 },
  // Whoever builds the report chooses its users from this list.
  'GET /v1/users': { who: ['manage_user_access', 'users_activity'], success: 200 },
  'POST /v1/users': { who: USERS, peopleOnly: true, success: 201, foreign: 404 },
  'GET /v1/users/{id}': { who: USERS, success: 200, foreign: 404 },
  'PATCH /v1/users/{id}': { who: USERS, peopleOnly: true, success: 200, foreign: 404 },
  'POST /v1/users/{id}/invitation': { who: USERS, peopleOnly: true, success: 202, foreign: 404 },

  'GET /v1/api-keys': { who: KEYS, peopleOnly: true, success: 200 },
  'POST /v1/api-keys': { who: KEYS, peopleOnly: true, success: 201 },
  'GET /v1/api-keys/{id}': { who: KEYS, peopleOnly: true, success: 200, foreign: 404 },
  'DELETE /v1/api-keys/{id}': { who: KEYS, peopleOnly: true, success: 204, foreign: 404 },

  'GET /v1/reports': { who: 'signed in', success: 200 },
  'GET /v1/reports/users-activity': { who: ['users_activity'], success: 200, foreign: 404 },
  'GET /v1/reports/users-activity/filters': { who: ['users_activity'], success: 200 },
  'GET /v1/reports/users-activity/summary': { who: ['users_activity'], success: 200, foreign: 404 },
  'GET /v1/reports/users-activity.csv': { who: ['users_activity'], success: 200, foreign: 404 },
  'GET /v1/reports/users-activity.ndjson': { who: ['users_activity'], success: 200, foreign: 404 },
  'GET /v1/reports/users-activity.xlsx': { who: ['users_activity'], success: 200, foreign: 404 },
  // Each row of the report and of the feed has the URL of its record.
  'GET /v1/activities/{id}': { who: ['users_activity', 'activity_feed'], success: 200, foreign: 404 },
  'GET /v1/activity-types': { who: 'signed in', success: 200 },
  'POST /v1/activity-types': { who: ACCOUNT, success: 201 },
  'GET /v1/activity-types/{code}': { who: 'signed in', success: 200, foreign: 404 },
  'PATCH /v1/activity-types/{code}': { who: ACCOUNT, success: 200, foreign: 404 },

  'GET /v1/activities': { who: ['activity_feed'], success: 200 },
  'GET /v1/activities/stream': { who: ['activity_feed'], success: 200 },
  // A batch names each wrong record by its place: a user of another account is one of those, and no 404 of the whole.
  'POST /v1/activities': { who: ['activities_write'], success: 200, foreign: 400 },
  'POST /v1/page-views': { who: 'signed in', success: 201 },

  // Whoever places orders chooses from the catalog.
  'GET /v1/products': { who: ['products', 'orders'], success: 200 },
  'POST /v1/products': { who: ['products'], success: 201, foreign: 404 },

  'GET /v1/orders': { who: ORDERS, success: 200 },
  'POST /v1/orders': { who: ORDERS, success: 201, foreign: 404 },
  'GET /v1/orders/{reference}': { who: ORDERS, success: 200, foreign: 404 },
  'GET /v1/orders/{reference}/invoice': { who: INVOICES, success: 200, foreign: 404 },
  'GET /v1/orders/{reference}/invoice.pdf': { who: INVOICES, success: 200, foreign: 404 },
  'POST /v1/orders/{reference}/invoice/send': { who: INVOICES, success: 202, foreign: 404 },
  'GET /v1/orders/{reference}/refunds': { who: REFUNDS, success: 200, foreign: 404 },
  'POST /v1/orders/{reference}/refund': { who: REFUNDS, success: 201, foreign: 404 },
  'POST /v1/orders/{reference}/refund/cancel': { who: REFUNDS, success: 200, foreign: 404 },

  'GET /v1/subscriptions': { who: SUBSCRIPTIONS, success: 200 },
  'GET /v1/subscriptions/{reference}': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },
  'POST /v1/subscriptions/{reference}/upgrade': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },
  'POST /v1/subscriptions/{reference}/cancel': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },
  'POST /v1/subscriptions/{reference}/enable': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },
  'POST /v1/subscriptions/{reference}/extend': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },
  'POST /v1/subscriptions/{reference}/renewal/stop': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },
  'POST /v1/subscriptions/{reference}/renewal/enable': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },
  'PUT /v1/subscriptions/{reference}/renewal/price': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },
  'PUT /v1/subscriptions/{reference}/payment-method': { who: SUBSCRIPTIONS, success: 200, foreign: 404 },

  'GET /v1/email-templates': { who: MAILS, success: 200 },
  'GET /v1/email-templates/kinds': { who: MAILS, success: 200 },
  'POST /v1/email-templates': { who: MAILS, success: 201 },
  'GET /v1/email-templates/{id}': { who: MAILS, success: 200, foreign: 404 },
  'PATCH /v1/email-templates/{id}': { who: MAILS, success: 200, foreign: 404 },
  'DELETE /v1/email-templates/{id}': { who: MAILS, success: 204, foreign: 404 },
  'GET /v1/email-templates/{id}/versions': { who: MAILS, success: 200, foreign: 404 },
  'POST /v1/email-templates/{id}/preview': { who: MAILS, success: 200, foreign: 404 },
  'POST /v1/email-templates/{id}/test': { who: MAILS, success: 202, foreign: 404 },
  'POST /v1/email-templates/{id}/activate': { who: MAILS, success: 200, foreign: 404 },
  'POST /v1/email-templates/{id}/restore': { who: MAILS, success: 200, foreign: 404 },
};
