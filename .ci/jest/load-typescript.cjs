/** Lets a worker thread of the service load its TypeScript sources, as the tests themselves do; see runtime.cjs. */
const { transformFileSync } = require('@swc/core');
const Module = require('node:module');

Module._extensions['.ts'] = (module, filename) => {
  module._compile(transformFileSync(filename).code, filename);
};
