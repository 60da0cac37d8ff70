/** The floors of the house, from the ground up: imports go down only. */
const FLOORS = [
  ['config', 'lib'],
  ['context', 'database', 'http'],
  ['audit'],
  ['access'],
  ['auth', 'idempotency', 'jobs', 'mail'],
  ['activity-types', 'control-panel', 'feed', 'ingestion', 'operations', 'reports'],
];
/** What stands on the roof, and may import everything. */
const ROOF = '^src/(?:[^/]+\\.ts$|commands/|demo/)';

const folders = (names) => `^src/(?:${names.join('|')})/`;

const goesUp = FLOORS.map((names, floor) => ({
  name: `floor-${floor}-goes-up`,
  comment: `${names.join(', ')} may import their own floor and what is below it.`,
  severity: 'error',
  from: { path: folders(names) },
  to: { path: [...FLOORS.slice(floor + 1).map(folders), ROOF] },
}));

const acrossFeatures = FLOORS.at(-1).map((name) => ({
  name: `${name}-imports-another-feature`,
  comment: 'Features meet in the floors below them.',
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: folders(FLOORS.at(-1).filter((other) => other !== name)) },
}));

/** The packages of pure functions that lib/ may use; it knows neither Nest, HTTP, the database nor class-validator. */
const PURE_PACKAGES = ['ulid'];

module.exports = {
  forbidden: [
    ...goesUp,
    ...acrossFeatures,
    {
      name: 'lib-is-not-pure',
      comment: 'lib/ is functions of their arguments: it imports itself, Node.js and a few packages of pure functions.',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: {
        pathNot: ['^src/lib/', `^node_modules/(?:${PURE_PACKAGES.join('|')})/`],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'not-in-a-room',
      comment: 'At the root stand the entry points, the app and its list of entities.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+$', pathNot: '^src/(?:main|cli|openapi|app|app\\.module|entities)\\.ts$' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    includeOnly: ['^src', '^node_modules'],
  },
};
