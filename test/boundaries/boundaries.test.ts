import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// A rule nobody has seen fail proves nothing. Each canary breaks one rule on purpose.
test('every boundary rule fires on its canary', { timeout: 30_000 }, () => {
  const canaries = new URL('./canaries/', import.meta.url)
  const output = cruise(['src', '--config', '../../../.dependency-cruiser.cjs', '-T', 'json'], canaries)
  const { violations } = JSON.parse(output).summary as {
    violations: { from: string; rule: { name: string } }[]
  }

  expect(violations.map(({ from, rule }) => `${rule.name}: ${from}`).sort()).toMatchInlineSnapshot(`
    [
      "doors-only: src/eligibility/climbs-in-a-window.ts",
      "no-cycles: src/eligibility/about.ts",
      "no-import-from-a-later-tier-eligibility: src/eligibility/reaches-up-a-tier.ts",
      "no-import-from-a-later-tier-ground: src/ground/knows-pupils.ts",
      "no-import-from-a-later-tier-pupils: src/pupils/reaches-up-a-tier.ts",
      "no-import-from-a-later-tier-pupils: src/pupils/tells-the-web.ts",
      "no-import-from-a-later-tier-routes: src/routes/reaches-up-a-tier.ts",
      "no-import-from-a-later-tier-sitrep: src/sitrep/tells-the-web.ts",
      "nothing-unresolved: src/eligibility/lost.ts",
      "only-routes-and-plans-optimise: src/eligibility/plans-by-itself.ts",
      "only-shells-mount: src/eligibility/mounts.page.ts",
      "optimiser-imports-only-itself: src/optimiser/knows-pupils.ts",
      "pure-files-do-nothing: src/eligibility/decides-with-the-database.ts",
      "pure-files-do-nothing: src/pupils/decides-with-another-register.ts",
      "pure-files-do-nothing: src/pupils/tells-the-web.ts",
      "pure-files-do-nothing: src/sitrep/tells-the-web.ts",
      "pure-files-import-no-packages: src/eligibility/reads-a-file.ts",
      "pure-files-import-no-packages: src/schools/query.ts",
      "pure-files-import-no-packages: src/sitrep/deep/rule.ts",
      "roads-import-ground-and-named-packages: src/roads/knows-pupils.ts",
      "sql-lives-in-stores: src/schools/opens-one.page.ts",
      "sql-lives-in-stores: src/schools/query.ts",
      "testing-is-for-tests: src/eligibility/lost.page.ts",
      "testing-is-for-tests: src/schools/ships-a-builder.ts",
    ]
  `)
})

const depcruise = fileURLToPath(new URL('../../node_modules/.bin/depcruise', import.meta.url))

function cruise(args: string[], cwd: URL): string {
  try {
    return execFileSync(depcruise, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch (failed) {
    return (failed as { stdout: string }).stdout
  }
}
