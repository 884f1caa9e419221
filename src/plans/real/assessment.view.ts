/** Which runs of a plan need a risk assessment of their mix, in words. */
import type { Role } from '#access'
import { dayInWords } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { mayPlan } from '../roles.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { AssessmentCause, ToAssess } from './assessment.ts'
import type { Forward } from './forward-store.ts'

/** `7 pupils aboard; somebody must travel alone`. */
export const causesInWords = (causes: readonly AssessmentCause[]): string =>
  causes.map(causeInWords).join('; ')

function causeInWords(one: AssessmentCause): string {
  switch (one.cause) {
    case 'pupils':
      return `${counted(one.count, 'pupil')} aboard`
    case 'alone':
      return 'somebody must travel alone'
    case 'own-assistant':
      return 'somebody has an assistant of their own'
    case 'wheelchair':
      return 'somebody travels in a wheelchair'
  }
}

/** What plans/real/assessments.njk shows. */
export function assessmentsView({ scenario, kept, toAssess, standing }: Forward, roles: readonly Role[]) {
  const missing = toAssess.filter(({ assessment }) => !assessment).length
  return {
    title: 'Risk assessments',
    caption: `Plan ${kept.id} of ${scenario.name}, from ${dayInWords(scenario.beginsOn)}`,
    back: paths.foundPlan(scenario.id, kept.id),
    backText: `Plan ${kept.id}`,
    next:
      missing > 0
        ? {
            tone: 'stop',
            title: `${counted(missing, 'run')} not assessed`,
            says: 'The plan does not go forward before somebody has looked at who shares each of these vehicles.',
          }
        : {
            tone: 'good',
            title: 'Every run that needs one is assessed',
            says: 'Of the others none is required.',
          },
    record:
      toAssess.length > 0 &&
      standing === 'found' &&
      mayPlan({ roles }) &&
      paths.newAssessment(scenario.id, kept.id),
    runs: tableView<ToAssess>({
      caption: 'Runs that need an assessment',
      captionHidden: true,
      columns: [
        { heading: 'Run', cell: ({ run }) => ({ text: run.name, hint: run.offer }) },
        { heading: 'Because', cell: ({ causes }) => ({ text: causesInWords(causes) }) },
        {
          heading: 'Assessed',
          cell: ({ assessment }) =>
            assessment
              ? {
                  text: assessment.findings,
                  hint: `${assessment.assessedBy}, ${dayInWords(assessment.assessedOn)}`,
                }
              : { lines: [{ text: 'Not yet', strong: true }] },
        },
      ],
      rows: toAssess.toSorted((a, b) => Number(Boolean(a.assessment)) - Number(Boolean(b.assessment))),
      empty: {
        title: 'None is required',
        says: 'No run of this plan carries so many, or anybody whose needs ask for it.',
      },
    }),
  }
}
