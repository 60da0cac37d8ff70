/**
 * A Jest reporter. After a green run of the whole end-to-end suite, it fails the run if the contract declares a problem (an
 * operation, a status and a code) or a header that no test received. `SeenProblems` and `SeenHeaders` in test/support check
 * the opposite: that the contract declares every problem and header that a test receives.
 */
const { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { resolve } = require('node:path');

const SEEN = resolve('var/seen-problems');
const SEEN_HEADERS = resolve('var/seen-headers');

/** Codes of problems that are sent before the operation is known, so no operation is noted for them. */
const WITHOUT_OPERATION = ['headers_too_large', 'not_ready', 'too_many_connections'];

/**
 * Codes that need an unavailable database or an unlucky coincidence of two requests. Their tests use routes of their own or
 * cannot guarantee that the problem occurs.
 */
const BY_CHANCE = ['database_busy', 'database_unavailable', 'idempotency_key_in_use', 'outcome_unknown'];

/**
 * Codes that the same code sends for every operation. It is enough that one operation has sent them: the tests do not repeat,
 * for example, a slow request for every operation.
 */
const OF_THE_SERVICE = [
  'request_malformed',
  'validation_failed',
  'not_an_object',
  'body_too_deep',
  'body_too_wide',
  'text_malformed',
  'field_unknown',
  'request_timeout',
  'body_too_large',
  'expectation_failed',
  'card_number_refused',
  'activity_not_recorded',
  'cursor_invalid',
  'cursor_of_another_filter',
];

class UnseenProblems {
  constructor(globalConfig) {
    this.isFiltered = Boolean(globalConfig.testNamePattern);
  }

  onRunStart() {
    for (const folder of [SEEN, SEEN_HEADERS]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    }
  }

  onRunComplete(_contexts, { testResults, numFailedTests, numFailedTestSuites }) {
    const ran = new Set(testResults.map(({ testFilePath }) => testFilePath));
    const isWhole = testFiles('test/e2e').every((file) => ran.has(file));
    if (!isWhole || this.isFiltered || numFailedTests + numFailedTestSuites > 0) return;
    const contract = JSON.parse(readFileSync('openapi/openapi.json', 'utf8'));
    const unseen = [...unseenProblems(contract, seenIn(SEEN)), ...unseenHeaders(contract, seenIn(SEEN_HEADERS))];
    if (unseen.length === 0) return;
    this.error = new Error(
      `Problems and headers that the contract declares and no test saw:\n  ${unseen.join('\n  ')}`,
    );
    console.error(this.error.message);
  }

  /** Returns the error with which Jest fails the run. */
  getLastError() {
    return this.error;
  }
}

function testFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => resolve(folder, file));
}

/** Reads what the tests received: an operation, a status, and the code of a problem or the name of a header. */
function seenIn(folder) {
  if (!existsSync(folder)) return new Set();
  return new Set(readdirSync(folder).flatMap((file) => readFileSync(resolve(folder, file), 'utf8').split('\n')));
}

function unseenProblems(contract, seen) {
  const seenCodes = new Set([...seen].map((problem) => problem.split(' ').slice(2).join(' ')));
  return declaredProblems(contract)
    .filter(({ operation, status, code, isOfAField }) => {
      if (WITHOUT_OPERATION.includes(code) || BY_CHANCE.includes(code)) return false;
      const isOfTheService = isOfAField || OF_THE_SERVICE.includes(code);
      return isOfTheService ? !seenCodes.has(`${status} ${code}`) : !seen.has(`${operation} ${status} ${code}`);
    })
    .map(({ operation, status, code }) => `${operation} ${status} ${code}`)
    .sort();
}

function declaredProblems({ paths, components }) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, response]) => {
        const { content } = response.$ref ? components.responses[response.$ref.split('/').at(-1)] : response;
        const problem = content?.['application/problem+json'];
        if (!problem) return [];
        return Object.entries(problem.examples).map(([code, { value }]) => ({
          operation: `${method} ${path}`,
          status,
          code,
          // Only the examples of problems that follow from the rules of a field name that field.
          isOfAField: value.errors !== undefined,
        }));
      }),
    ),
  );
}

/** The status of a problem that is sent before the operation is known, so no header is noted for it. */
const STATUS_WITHOUT_OPERATION = '431';

/**
 * Each successful response must have been seen with each of its headers. For a problem, it is enough that one operation has
 * sent the header with this status.
 */
function unseenHeaders({ paths, components }, seen) {
  const seenWithStatus = new Set([...seen].map((header) => header.split(' ').slice(2).join(' ')));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, response]) => {
        if (status === STATUS_WITHOUT_OPERATION) return [];
        const { headers } = response.$ref ? components.responses[response.$ref.split('/').at(-1)] : response;
        const names = Object.keys(headers ?? {}).map((name) => name.toLowerCase());
        const isSeen = (name) =>
          status < 300 ? seen.has(`${method} ${path} ${status} ${name}`) : seenWithStatus.has(`${status} ${name}`);
        return names.filter((name) => !isSeen(name)).map((name) => `${method} ${path} ${status} ${name}`);
      }),
    ),
  );
}

module.exports = UnseenProblems;
module.exports.unseenProblems = unseenProblems;
module.exports.unseenHeaders = unseenHeaders;
module.exports.seenIn = seenIn;
