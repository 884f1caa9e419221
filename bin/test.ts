/**
 * Everything that must hold, in the order that fails soonest: `npm test`, here and in CI alike.
 * Words after `npm test --` go to the tests, to run some of them: npm test -- src/sitrep
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { installChromium } from '../test/support/chromium.ts'

const root = resolve(import.meta.dirname, '..')
process.chdir(root)
process.env['PATH'] = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter)

/** What a step found: how many checks held and how many did not. */
type Found = { passed: number; failed: number; skipped: number }
type Step = { name: string; run: () => Found }

const chosen = process.argv.slice(2)
const steps: readonly Step[] = [
  { name: 'types', run: () => check('tsc', ['-b']) },
  { name: 'style', run: () => check('biome', ['check', '--max-diagnostics=50', '.']) },
  { name: 'boundaries', run: () => check('depcruise', ['src', '--config', '.dependency-cruiser.cjs']) },
  { name: 'unused', run: () => check('knip', []) },
  { name: 'a browser to test in', run: browser },
  { name: 'house rules, unit, property, database, page and browser tests', run: tests },
]

function check(program: string, words: string[]): Found {
  const { status, error } = spawnSync(program, words, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (error) console.error(`${program} could not be started: ${error.message}`)
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

function browser(): Found {
  const found = installChromium((line) => console.log(line))
  if ('sentence' in found) {
    console.error(found.sentence)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  process.env['CHROMIUM'] = found.path
  console.log(found.path)
  return { passed: 0, failed: 0, skipped: 0 }
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

function tests(): Found {
  const folder = mkdtempSync(join(tmpdir(), 'firstbell-'))
  const file = join(folder, 'report.json')
  const { failed: ended } = check('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...chosen,
  ])
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
    // A file that does not load has no tests to fail, and an error outside any test fails none either.
    const unloaded = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    ).length
    const failed = report.numFailedTests + unloaded
    return {
      passed: report.numPassedTests,
      failed: Math.max(failed, ended),
      skipped: report.numPendingTests,
    }
  } catch (cause) {
    console.error(`The tests left no report: ${(cause as Error).message}`)
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const total = { passed: 0, failed: 0, skipped: 0 }
for (const { name, run } of steps) {
  console.log(`\n── ${name}`)
  const before = performance.now()
  const found = run()
  total.passed += found.passed
  total.failed += found.failed
  total.skipped += found.skipped
  const seconds = ((performance.now() - before) / 1000).toFixed(1)
  console.log(`── ${name}: ${found.failed === 0 ? 'holds' : 'DOES NOT HOLD'} (${seconds} s)`)
}
if (total.skipped > 0) console.log(`\n${total.skipped} skipped`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
