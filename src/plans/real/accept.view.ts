/** How far a plan has gone, what is in its way and what it became, as its page tells it. */
import type { Role } from '#access'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { mayPlan } from '../roles.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { Difference } from './difference.ts'
import type { Forward } from './forward-store.ts'
import { differenceInWords, inTheWayInWords } from './going-forward.view.ts'
import type { InTheWay } from './in-the-way.ts'
import type { PlanStep } from './step.ts'
import type { PlanRoute, StepTaken } from './step-store.ts'

type Beside = { routes: readonly PlanRoute[]; roles: readonly Role[] }

/** What plans/real/accept.njk shows. */
export function acceptView(forward: Forward, { routes, roles }: Beside) {
  const { scenario, kept, standing, inTheWay, steps } = forward
  const differences = inTheWay.flatMap((one) => (one.because === 'register-differs' ? one.differences : []))
  const isManager = roles.includes('manager')
  const isClear = inTheWay.length === 0
  return {
    title: `Plan ${kept.id}: accept it and make it real`,
    caption: `${scenario.name}, from ${dayInWords(scenario.beginsOn)}`,
    back: paths.foundPlan(scenario.id, kept.id),
    backText: `Plan ${kept.id}`,
    next: nextOf(forward),
    inTheWay:
      standing === 'real'
        ? []
        : inTheWay.map((one) => ({ says: inTheWayInWords(one), ...linkOf(one, forward) })),
    differences: differences.length > 0 && standing !== 'real' && differencesTable(differences),
    bringUpToDate:
      differences.length > 0 &&
      standing !== 'real' &&
      mayPlan({ roles }) &&
      paths.bringUpToDate(scenario.id, kept.id),
    leaveOut:
      differences.length > 0 &&
      standing !== 'real' &&
      mayPlan({ roles }) &&
      paths.leaveOutOfPlan(scenario.id, kept.id),
    asks: standing === 'found' && isClear && isManager,
    whoMay: standing === 'found' && isClear && !isManager ? 'A manager accepts it, in their own name.' : '',
    makeReal: standing === 'accepted' && isClear && isManager && paths.makePlanReal(scenario.id, kept.id),
    takeBack: standing !== 'found' &&
      isManager && {
        href: paths.takePlanBack(scenario.id, kept.id),
        text: standing === 'real' ? 'Take everything back' : 'Take the acceptance back',
      },
    routes: standing === 'real' && routesTable(routes),
    steps: steps.map(stepView),
  }
}

function nextOf({ standing, inTheWay, steps, scenario }: Forward) {
  const [last] = steps
  const by = last ? `${last.by}, ${momentInWords(last.at)}` : ''
  const from = dayInWords(scenario.beginsOn)
  if (standing === 'real')
    return {
      tone: 'good',
      title: `Real from ${from}`,
      says: `Made real by ${by}. Its pupils are not confirmed until every rung is climbed. Until that day all of it can be taken back.`,
    }
  const accepted = standing === 'accepted' ? `Accepted by ${by}. ` : ''
  if (inTheWay.length > 0)
    return {
      tone: 'stop',
      title: `${counted(inTheWay.length, 'thing')} in the way`,
      says: `${accepted}Nobody travels by this plan before ${inTheWay.length === 1 ? 'it is' : 'they are'} dealt with.`,
    }
  return standing === 'accepted'
    ? { tone: 'good', title: 'Accepted', says: `${accepted}It can be made real from ${from}.` }
    : {
        tone: 'care',
        title: 'Nothing is in the way',
        says: `It can be accepted, and then made real from ${from}.`,
      }
}

function linkOf(one: InTheWay, { scenario, kept }: Forward): { href: string; link: string } | object {
  switch (one.because) {
    case 'too-little-known':
      return { href: paths.scenario(scenario.id), link: 'Say how they are planned' }
    case 'another-is-accepted':
      return { href: paths.acceptPlan(scenario.id, one.plan), link: `Plan ${one.plan}` }
    case 'register-differs':
      return { href: '#differences', link: 'Who they are' }
    case 'anomalies-open':
      return { href: paths.anomalies(scenario.id, kept.id), link: 'What is odd' }
    case 'waves-not-kept':
      return { href: paths.phasing(scenario.id, kept.id), link: 'How much changes at once' }
    case 'schools-have-not-agreed':
      return { href: paths.reviewOfPlan(scenario.id, kept.id), link: 'What schools say' }
    case 'not-assessed':
      return { href: paths.assessmentsOfPlan(scenario.id, kept.id), link: 'Risk assessments' }
    case 'policy-not-read':
    case 'planned-elsewhere':
    case 'begins-in-the-past':
      return {}
  }
}

const differencesTable = (differences: readonly Difference[]) =>
  tableView<Difference>({
    caption: 'Pupils of whom the register and the plan differ',
    captionHidden: true,
    columns: [
      {
        heading: 'Pupil',
        cell: ({ pupil, name }) => ({ text: name || `Pupil ${pupil}`, href: paths.pupil(pupil) }),
      },
      { heading: 'Since it was planned', cell: (one) => ({ text: sentence(differenceInWords(one)) }) },
    ],
    rows: differences,
    empty: { title: 'Nobody', says: 'The register is as it was when this was planned.' },
  })

const sentence = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`

const routesTable = (routes: readonly PlanRoute[]) =>
  tableView<PlanRoute>({
    caption: 'Routes it became',
    captionHidden: true,
    columns: [
      { heading: 'Route', cell: ({ route, code }) => ({ text: code, href: paths.route(route) }) },
      { heading: 'From', cell: ({ from }) => ({ text: dayInWords(from) }) },
      { heading: 'Operator', cell: ({ operator }) => ({ text: operator }) },
      {
        heading: 'Contract',
        cell: ({ contract, reference }) => ({ text: reference, href: paths.contract(contract) }),
      },
      { heading: 'Pupils', numeric: true, cell: ({ pupils }) => ({ text: pupils }) },
    ],
    rows: routes,
    empty: { title: 'No route', says: 'Every route of it has ended since.' },
  })

const stepInWords: Record<PlanStep, string> = {
  accepted: 'Accepted',
  'acceptance-taken-back': 'Acceptance taken back',
  'made-real': 'Made real',
  'later-waves-taken-back': 'Waves that had not begun taken back',
  'taken-back': 'Taken back',
}

const stepView = ({ step, by, at, reason }: StepTaken) => ({
  title: stepInWords[step],
  when: momentInWords(at),
  by,
  text: reason,
  tone: step === 'made-real' ? 'good' : 'plain',
})
