/** The floors (layers) of src/, lowest first. Imports go down only. */
const FLOORS = [
  ['config', 'lib'],
  ['context', 'database', 'http'],
  ['audit'],
  ['access'],
  ['activities', 'auth', 'idempotency', 'jobs', 'mail'],
  ['activity-types', 'control-panel', 'feed', 'ingestion', 'operations', 'reports'],
];
/** The entry points and commands, which may import everything. */
const ENTRY_POINTS = '^src/(?:(?:main|cli|openapi|app|app\\.module|entities)\\.ts$|commands/|demo/)';

const folders = (names) => `^src/(?:${names.join('|')})/`;

const goesUp = FLOORS.map((names, floor) => ({
  name: `floor-${floor}-goes-up`,
  comment: `${names.join(', ')} may import their own floor and the floors below it.`,
  severity: 'error',
  from: { path: folders(names) },
  to: { path: [...FLOORS.slice(floor + 1).map(folders), ENTRY_POINTS] },
}));

const acrossFeatures = FLOORS.at(-1).map((name) => ({
  name: `${name}-imports-another-feature`,
  comment: 'Features must not import each other; move shared code to a floor below them.',
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: folders(FLOORS.at(-1).filter((other) => other !== name)) },
}));

/** Files that are neither on a floor nor an entry point: no other rule would limit what they import. */
const OUTSIDE = { path: '^src/', pathNot: [...FLOORS.map(folders), ENTRY_POINTS] };
const onNoFloor = {
  comment:
    'Add a new folder of src/ to a floor. The root of src/ holds only the entry points, the app and its list of entities.',
  severity: 'error',
};

/** The packages of pure functions that lib/ may import. */
const PURE_PACKAGES = ['date-fns', 'date-fns-tz', 'ulid'];

module.exports = {
  forbidden: [
    ...goesUp,
    ...acrossFeatures,
    {
      name: 'lib-is-not-pure',
      comment: 'lib/ contains pure functions: it may import itself, Node.js and a few packages of pure functions.',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: {
        pathNot: ['^src/lib/', `^node_modules/(?:${PURE_PACKAGES.join('|')})/`],
        dependencyTypesNot: ['core'],
      },
    },
    { name: 'imports-from-no-floor', ...onNoFloor, from: OUTSIDE, to: {} },
    { name: 'is-on-no-floor', ...onNoFloor, from: {}, to: OUTSIDE },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
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
