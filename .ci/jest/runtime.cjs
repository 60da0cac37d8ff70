/**
 * A Jest runtime that loads the service (src) and the packages once per worker process instead of once per test file: loading
 * them takes two seconds, and there are more than a hundred test files. Test files and their support are loaded for each file
 * as usual. Tests therefore must not leave changes in modules behind; `jest.mock` has no effect on what src imports.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { resolve, sep } = require('node:path');
const { compileFunction } = require('node:vm');
const workerThreads = require('node:worker_threads');
const { default: Runtime } = require('jest-runtime');

const SOURCES = resolve('src') + sep;
/** Packages of Jest keep state of a test file, so each file has its own. */
const OF_JEST = /^(?:@jest\/|jest-|(?:expect|jest)(?:\/|$))/;
/** The source maps of the modules in src, by path, for the stack traces of failed tests. */
const sourceMaps = new Map();

/** Makes worker threads load the service from src too. Their options leave out what the process itself was started with. */
const { Worker } = workerThreads;
workerThreads.Worker = class extends Worker {
  constructor(filename, options = {}) {
    const execArgv = [...(options.execArgv ?? []), '--require', require.resolve('./load-typescript.cjs')];
    super(filename, { ...options, execArgv });
  }
};

class SharedModulesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const [, , , transformer] = args;
    this.executor.compile = (source, filename) =>
      compileFunction(source, this.executor.injectedModuleParameters, { filename });
    Module._extensions['.ts'] ??= (module, filename) => {
      const source = readFileSync(filename, 'utf8');
      const options = { isInternalModule: false, supportsDynamicImport: false, supportsStaticESM: false };
      const { code, sourceMapPath } = transformer.transformSource(
        filename,
        source,
        this._getFullTransformationOptions(options),
      );
      if (sourceMapPath) sourceMaps.set(filename, sourceMapPath);
      module._compile(code, filename);
    };
  }

  getSourceMaps() {
    for (const [path, map] of super.getSourceMaps()) sourceMaps.set(path, map);
    return sourceMaps;
  }

  requireModuleOrMock(from, name) {
    return this.isShared(from, name) ? Module.createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }

  isShared(from, name) {
    if (name.startsWith('.')) return resolve(from, '..', name).startsWith(SOURCES);
    // Jest's own modules are required here too, from their packages.
    return !from.includes('node_modules') && !OF_JEST.test(name) && !Module.isBuiltin(name);
  }
}

module.exports = SharedModulesRuntime;
