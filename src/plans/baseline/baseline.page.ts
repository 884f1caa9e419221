/** The baseline of a scenario: how its people travel today, kept once before anything is looked for. */
import { dayInWords, momentInWords } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { notFound, type Page, redirect, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { makesPlans, mayPlan, seesPlans } from '../roles.ts'
import { scenarioIn } from '../scenario/scenario.page.ts'
import { baselineInWords } from '../scenario/scenario.view.ts'
import { countBaseline } from './baseline.ts'
import { baselineJourneys, freezeBaseline } from './baseline-store.ts'

export const baselinePage: Page = {
  path: '/plans/:scenarioId/baseline',
  allow: seesPlans,
  change: makesPlans,

  async get(visit) {
    const standing = await scenarioIn(visit)
    if (!standing) return notFound
    const { scenario, baseline } = standing
    const count = baseline && countBaseline(await baselineJourneys(visit.sql, scenario.id))
    const row = (key: string, text: string, hint = '') => ({ key, text, lines: [], hint })
    return show('plans/baseline/baseline.njk', {
      title: 'Baseline',
      caption: scenario.name,
      back: paths.scenario(scenario.id),
      mayFreeze: mayPlan(visit.person) && baseline === undefined,
      isEstimated: (await visit.roads()) === undefined,
      says: count ? baselineInWords(count) : '',
      rows: baseline
        ? [
            row('As people travel on', dayInWords(baseline.on)),
            row('Frozen', `${momentInWords(baseline.frozenAt)}, by ${baseline.frozenBy}`),
            row('Drives asked of', baseline.times),
            row('Fingerprint', baseline.sha256, 'SHA-256 of the journeys as they are kept'),
          ]
        : [],
    })
  },

  async post(visit) {
    const { sql, today, now, person, request, roads } = visit
    const standing = await scenarioIn(visit)
    if (!standing) return notFound
    const { scenario } = standing
    const frozen = await freezeBaseline(sql, {
      scenario,
      cut: { on: today, revision: await revisionKnownAt(sql, now) },
      roads: await roads(),
      author: { by: person.id, request, reason: `Baseline frozen: ${scenario.name}` },
    })
    return redirect(
      paths.scenario(scenario.id),
      frozen.ok
        ? `The baseline is frozen. ${baselineInWords(countBaseline(frozen.value))}`
        : 'The baseline was frozen before, once and for all.',
    )
  },
}
