/** The anomalies of a plan as their pages tell them: what is open first. */
import type { Role } from '#access'
import type { PupilId } from '#ground/ids.ts'
import { momentInWords } from '#ground/time.ts'
import { filterView } from '#web/filter.ts'
import { type Listing, tableView } from '#web/listing.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { mayPlan } from '../roles.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import { anomalyKinds } from './anomaly.ts'
import { anomalyInWords, anomalyTitle, countsInWords, ownerOf, standingInWords } from './anomaly.view.ts'
import type { RegisteredAnomaly } from './anomaly-store.ts'
import { type AnomalyStep, anomalyStanding, bearsOn, isOpen, mayGoForward } from './gate.ts'

type Names = ReadonlyMap<PupilId, string>

/** Whether a list asks for it: of this plan and open, unless the URL says otherwise. */
export function isAsked(
  one: RegisteredAnomaly,
  plan: number,
  query: Readonly<Record<string, string>>,
): boolean {
  const { kind, standing = 'open' } = query
  if (kind && one.kind !== kind) return false
  if (standing === 'gone') return !bearsOn(one, plan)
  if (!bearsOn(one, plan)) return false
  if (standing === 'open') return isOpen(one)
  return standing === 'any' || anomalyStanding(one) === standing
}

type Listed = {
  scenario: Scenario
  plan: number
  anomalies: readonly RegisteredAnomaly[]
  asked: readonly RegisteredAnomaly[]
  rows: readonly RegisteredAnomaly[]
  names: Names
  listing: Listing
}

/** What plans/anomalies/anomalies.njk shows. */
export function anomaliesView(
  { path, query, queryLists }: Visit,
  { scenario, plan, anomalies, asked, rows, names, listing }: Listed,
) {
  const forward = mayGoForward(anomalies, plan)
  const open = forward.ok ? 0 : forward.refusal.open.length
  return {
    title: 'What is odd in the plan',
    caption: `Plan ${plan} of ${scenario.name}`,
    plan: `Plan ${plan}`,
    back: paths.foundPlan(scenario.id, plan),
    report: paths.newAnomaly(scenario.id, plan),
    next: {
      tone: open > 0 ? 'stop' : 'good',
      title:
        open > 0
          ? `${counted(open, 'anomaly').replace('anomalys', 'anomalies')} to look at`
          : 'Nothing odd is open',
      says:
        open > 0
          ? `The plan cannot go forward until each is resolved, or accepted by a named owner. ${countsInWords(anomalies, plan)}.`
          : `${countsInWords(anomalies, plan)}.`,
      href: '',
    },
    filtering: filterView(
      'Anomalies',
      [
        {
          kind: 'choice',
          name: 'standing',
          label: 'How it stands',
          any: 'Open',
          options: [
            { value: 'found-again', text: 'Open again' },
            { value: 'resolved', text: 'Resolved' },
            { value: 'accepted', text: 'Accepted' },
            { value: 'any', text: 'All of this plan' },
            { value: 'gone', text: 'No longer in the plan' },
          ],
        },
        {
          kind: 'choice',
          name: 'kind',
          label: 'What is odd',
          any: 'Anything',
          options: [...anomalyKinds, 'reported' as const].map((value) => ({
            value,
            text: anomalyInWords[value],
          })),
        },
      ],
      { path, query, queryLists },
    ),
    list: tableView<RegisteredAnomaly>({
      caption: 'Anomalies',
      captionHidden: true,
      columns: [
        {
          heading: 'What is odd',
          cell: (one) => ({ text: anomalyTitle(one), href: paths.anomaly(scenario.id, plan, one.id) }),
        },
        { heading: 'Pupils', cell: ({ pupils }) => ({ text: namedInWords(pupils, names) }) },
        { heading: 'Runs', cell: ({ runs }) => ({ text: fewOf(runs) }) },
        { heading: 'Stands', cell: (one) => ({ text: standingInWords[anomalyStanding(one)] }) },
        { heading: 'Owner', cell: (one) => ({ text: ownerOf(one) ?? 'Nobody yet' }) },
      ],
      rows,
      paged: { path, query: queryLists, listing, count: asked.length, noun: ['anomaly', 'anomalies'] },
      empty: {
        title: 'No anomaly answers to this',
        says: 'Choose another standing or kind to see the others.',
      },
    }),
  }
}

const FEW = 4
const fewOf = (words: readonly string[]) =>
  words.length > FEW ? `${words.slice(0, FEW).join(', ')} and ${words.length - FEW} more` : words.join(', ')
const namedInWords = (pupils: readonly PupilId[], names: Names) =>
  fewOf(pupils.map((pupil) => names.get(pupil) ?? `Pupil ${pupil}`))

type Shown = {
  scenario: Scenario
  plan: number
  anomaly: RegisteredAnomaly
  names: Names
  roles: readonly Role[]
}

/** What plans/anomalies/anomaly.njk shows. */
export function anomalyView({ scenario, plan, anomaly, names, roles }: Shown) {
  const to = [scenario.id, plan, anomaly.id] as const
  const open = isOpen(anomaly)
  const owner = ownerOf(anomaly)
  const act = (href: string, text: string) => ({ href, text })
  return {
    title: anomalyTitle(anomaly),
    caption: `Plan ${plan} of ${scenario.name}`,
    back: paths.anomalies(scenario.id, plan),
    rows: [
      { key: 'Stands', text: standingInWords[anomalyStanding(anomaly)] },
      { key: 'Owner', text: owner ?? 'Nobody yet' },
      { key: 'Kind', text: anomalyInWords[anomaly.kind] },
      { key: 'Runs', text: anomaly.runs.join(', ') || 'None' },
      ...(bearsOn(anomaly, plan) ? [] : [{ key: 'In this plan', text: 'No longer' }]),
    ],
    pupils: tableView<PupilId>({
      caption: 'Pupils',
      columns: [
        {
          heading: 'Pupil',
          cell: (pupil) => ({ text: names.get(pupil) ?? `Pupil ${pupil}`, href: paths.pupil(pupil) }),
        },
      ],
      rows: anomaly.pupils,
      empty: { title: 'No pupil is named', says: 'It is about the plan as a whole.' },
    }),
    actions: [
      ...(mayPlan({ roles })
        ? [act(paths.anomalyOwner(...to), owner ? 'Give it to somebody else' : 'Give it an owner')]
        : []),
      ...(mayPlan({ roles }) && open ? [act(paths.anomalyResolved(...to), 'It is resolved')] : []),
      ...(roles.includes('manager') && open
        ? [act(paths.anomalyAccepted(...to), 'Accept it in my name')]
        : []),
    ],
    steps: anomaly.steps.toReversed().map(stepView),
  }
}

function stepView(one: AnomalyStep) {
  const when = { when: momentInWords(one.at), by: one.by, href: '', tone: 'plain', text: '' }
  switch (one.step) {
    case 'found':
      return { ...when, title: `Found in plan ${one.plan}` }
    case 'reported':
      return { ...when, title: `Reported of plan ${one.plan}` }
    case 'owned':
      return { ...when, title: `Given to ${one.owner}` }
    case 'resolved':
      return { ...when, title: 'Resolved', text: one.says, tone: 'good' }
    case 'accepted':
      return { ...when, title: `Accepted by ${one.owner}`, text: one.says, tone: 'care' }
  }
}
