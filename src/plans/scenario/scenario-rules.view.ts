/** The rules of a scenario as its page tells them: its terms, the council's policy, vehicles, and who is an exception. */
import { inPounds, pence } from '#ground/money.ts'
import { momentInWords } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import type { PlanPolicy, VehicleOffer } from '../policy/policy.ts'
import type { Exception } from './scenario.ts'
import type { Standing } from './standing-store.ts'

/** What holds for everybody. */
export function rulesRows({ scenario: { terms } }: Standing, policy: PlanPolicy | undefined) {
  const row = (key: string, text: string, hint = '') => ({ key, text, lines: [], hint })
  const rules = policy?.rules
  return [
    row('Different schools aboard together', terms.mixesSchools ? 'Allowed' : 'Not allowed'),
    row(
      'A change of vehicle counts',
      `${inPounds(terms.change)} a day`,
      'For each pupil: the higher, the less changes',
    ),
    row(
      'Routes that stay as they are',
      terms.fixedRoutes.length === 0 ? 'None' : String(terms.fixedRoutes.length),
    ),
    ...(rules
      ? [
          row(
            'Longest ride',
            `${rules.longestRideMinutes.primary} minutes at primary age, ${rules.longestRideMinutes.secondary} at secondary`,
            `Where the drive alone is longer: ${terms.beyondDirectMinutes} minutes more than it`,
          ),
          row('At school', `At most ${rules.earliestArrivalMinutes} minutes before the bell`),
          row('After school', `Nobody waits longer than ${rules.longestWaitMinutes} minutes`),
          row('Longest run', `${rules.longestRunMinutes} minutes`),
        ]
      : []),
  ]
}

/** What vehicles the council can have, and what it pays. */
export const vehiclesTable = (vehicles: readonly VehicleOffer[]) =>
  tableView<VehicleOffer>({
    caption: 'Vehicles to be had',
    columns: [
      { heading: 'Vehicle', cell: ({ name }) => ({ text: name }) },
      {
        heading: 'Seats and wheelchair places',
        cell: ({ layouts }) => ({
          lines: layouts.map(([seats, chairs]) => ({
            text: chairs === 0 ? String(seats) : `${seats} and ${chairs}`,
          })),
        }),
      },
      { heading: 'How many', cell: ({ available }) => ({ text: available ?? 'As many as wanted' }) },
      {
        heading: 'A day',
        numeric: true,
        cell: ({ pencePerDay }) => ({ text: inPounds(pence(pencePerDay)) }),
      },
      {
        heading: 'A mile',
        numeric: true,
        cell: ({ pencePerMile }) => ({ text: inPounds(pence(pencePerMile)) }),
      },
      {
        heading: 'An assistant',
        numeric: true,
        cell: ({ pencePerAssistantDay }) => ({ text: inPounds(pence(pencePerAssistantDay)) }),
      },
    ],
    rows: vehicles,
    empty: {
      title: 'No vehicle is on offer',
      says: 'Prices are missing: record what vehicles the council can have and what it pays.',
      href: paths.planPolicies,
      link: 'Open the policies for planning',
    },
  })

/** Who has a longest ride of their own, and who approved it. */
export const exceptionsTable = ({ scenario, exceptions, people }: Standing) =>
  tableView<Exception>({
    caption: 'Pupils with a longest ride of their own',
    columns: [
      {
        heading: 'Pupil',
        cell: ({ pupil }) => ({
          text: people.find((one) => one.pupil === pupil)?.name ?? `Pupil ${pupil}`,
          href: paths.scenarioException(scenario.id, pupil),
        }),
      },
      { heading: 'May ride', cell: ({ longestRideMinutes }) => ({ text: `${longestRideMinutes} minutes` }) },
      { heading: 'Approved by', cell: ({ approvedBy }) => ({ text: approvedBy }) },
      {
        heading: 'Why',
        cell: ({ reason, by, at }) => ({ text: reason, hint: `${by}, ${momentInWords(at)}` }),
      },
    ],
    rows: exceptions,
    empty: {
      title: 'No exception is approved',
      says: 'Everybody’s longest ride is that of the need form or the council’s policy.',
      href: withQuery(paths.scenarioPeople(scenario.id), { who: ['planned'] }),
      link: 'Choose a pupil',
    },
  })
