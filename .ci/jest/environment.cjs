/**
 * A Jest environment that runs tests with the global objects of the worker process, not in a context of node:vm with objects of
 * its own. Modules that `runtime.cjs` loads once per process would not recognize a `Date` or an `Error` of another context.
 */
const { ModuleMocker } = require('jest-mock');

class ProcessEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;
  /** What Jest replaces for each test file. */
  original = { console: globalThis.console, exit: process.exit };

  getVmContext() {
    return globalThis;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  async setup() {}

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    globalThis.console = this.original.console;
    process.exit = this.original.exit;
  }
}

module.exports = ProcessEnvironment;
