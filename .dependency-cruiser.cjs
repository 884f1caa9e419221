// The map in docs/architecture.md, made executable. A module may import from any line above its own.
const tiers = [
  ['ground'],
  ['knowledge'],
  ['pupils', 'schools', 'operators', 'governance', 'messages', 'access'],
  ['eligibility', 'travel-arrangements', 'distances'],
  [
    'routes',
    'plans',
    'tenders',
    'contracts',
    'changeover',
    'journeys',
    'reimbursements',
    'cases',
    'appeals',
    'savings',
  ],
  ['sitrep', 'exceptions', 'briefings', 'returns', 'imports'],
]
// Shells touch the world and may import anything by its door. `westmarch` plays a whole county's officers.
const shells = ['web', 'worker', 'cli', 'adapters', 'westmarch']
const alone = ['optimiser', 'roads']
// Packages that only compute, so a file that only decides may use them.
const purePackages = ['zod']
// What roads may use beside Node itself: a reader of .osm.pbf, a writer of map tiles.
const roadPackages = ['pbf', '@maplibre/geojson-vt', '@maplibre/vt-pbf']

const anyOf = (names) => `(${names.join('|')})`
const inModules = (names) => `^src/${anyOf(names)}/`
const STORE = '[/-]store\\.ts$'
const SHELL_FILE = '\\.(page|view|job|command|thread)\\.ts$'
const TEST = '(\\.test|/testing)\\.ts$'
const PURE = {
  path: '^src/',
  pathNot: [inModules([...shells, ...alone]), STORE, '/testing\\.ts$', '\\.(page|view|job|command|thread|test)\\.ts$'],
}

module.exports = {
  forbidden: [
    ...tiers.map((tier, i) => ({
      name: `no-import-from-a-later-tier-${tier[0]}`,
      comment: 'Registers do not know about decisions; decisions do not know about operations.',
      severity: 'error',
      from: { path: inModules(tier), pathNot: [SHELL_FILE, TEST] },
      to: { path: inModules([...tiers.slice(i + 1).flat(), ...shells]) },
    })),
    {
      name: 'doors-only',
      comment: 'Another module is entered by its index.ts or a store, never by a side window.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/([^/]+)/',
        pathNot: [
          '^src/$1/',
          '^src/(ground|web|worker|cli|adapters)/',
          '^src/[^/]+/(index|testing)\\.ts$',
          STORE,
          SHELL_FILE,
        ],
      },
    },
    {
      name: 'only-shells-mount',
      comment: 'Pages, jobs and commands are mounted by web, worker and cli; only the words of web are for all.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: ['^src/(web|worker|cli)/', TEST] },
      to: { path: SHELL_FILE, pathNot: ['^src/$1/', '^src/web/[^/]+\\.view\\.ts$'] },
    },
    {
      name: 'pure-files-do-nothing',
      comment: 'A file with no role in its name (store, page, view, job, command, thread) only decides.',
      severity: 'error',
      from: PURE,
      to: {
        path: [STORE, inModules(shells), SHELL_FILE],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-files-import-no-packages',
      comment: 'Deciding needs no files, sockets or packages. A package that only computes is named above.',
      severity: 'error',
      from: PURE,
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core', 'npm-no-pkg', 'npm-unknown'],
        pathNot: `node_modules/${anyOf(purePackages)}/`,
      },
    },
    {
      name: 'optimiser-imports-only-itself',
      severity: 'error',
      from: { path: '^src/optimiser/', pathNot: TEST },
      to: { pathNot: '^src/optimiser/' },
    },
    {
      name: 'roads-import-ground-and-named-packages',
      severity: 'error',
      from: { path: '^src/roads/', pathNot: [TEST, SHELL_FILE] },
      to: {
        pathNot: ['^src/(roads|ground)/', `node_modules/${anyOf(roadPackages)}/`],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'only-routes-and-plans-optimise',
      comment: 'They turn pupils into numbers and numbers back into pupils; nobody else should need to.',
      severity: 'error',
      // HiGHS stands behind a port that the optimiser declares in its own words; threads are around the search.
      from: { path: '^src/', pathNot: '^src/(optimiser|routes|plans|worker|cli|adapters/(highs|optimiser))/' },
      to: { path: '^src/optimiser/' },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: ['/testing\\.ts$', '^test/'] },
    },
    {
      name: 'sql-lives-in-stores',
      comment: 'Others may pass a connection on (its type is enough for that), never open or query one.',
      severity: 'error',
      from: { pathNot: [STORE, '^src/adapters/postgres/', '^test/', TEST] },
      to: { path: 'node_modules/postgres/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.types/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
