/** The council's policies about planning, in words. */
import type { PolicyName } from './council-policy.ts'

export const policyTitle: Record<PolicyName, { title: string; says: string }> = {
  'plan-vehicles': {
    title: 'Vehicles and prices',
    says: 'What vehicles the council can have, and what it pays for them. Where routes of today call the same kind otherwise, its “alsoCalled” lists those names, so that a change of price is told apart from a change of kind.',
  },
  'plan-rules': {
    title: 'How plans are made',
    says: 'The limits every plan keeps to, and what hardship counts beside money.',
  },
  'plan-limits': { title: 'When a journey is long, longer or early', says: 'What the impact report counts.' },
  'plan-oddness': {
    title: 'When something is odd',
    says: 'What somebody must look at before a plan goes forward.',
  },
  'plan-phasing': { title: 'How much may change at once', says: 'Above it, a plan goes in waves.' },
  'plan-publishing': {
    title: 'What is published',
    says: 'Smaller numbers are left out of what the council publishes.',
  },
  'area-deprivation': { title: 'Deprivation by area', says: 'The band of each area where pupils live.' },
}

const partWords: Record<string, string> = {
  'longestRideMinutes.primary': 'Longest ride at primary age, in minutes',
  'longestRideMinutes.secondary': 'Longest ride at secondary age, in minutes',
  earliestArrivalMinutes: 'Earliest arrival before the bell, in minutes',
  longestWaitMinutes: 'Longest wait after the bell, in minutes',
  longestRunMinutes: 'Longest run of a vehicle, in minutes',
  'boardingSeconds.seat': 'Seconds at the door for a pupil who walks aboard',
  'boardingSeconds.wheelchair': 'Seconds at the door for a pupil in a wheelchair',
  'boardingSeconds.school': 'Seconds at school for each pupil',
  pupilsPerAssistant: 'Pupils who may share a passenger assistant (0 for however many are aboard)',
  siblingsPence: 'Pence a day that brothers and sisters together are worth',
  rideMinutePence: 'Pence that a minute of a ride beyond twenty counts',
  primaryMinutes: 'Long at primary age, in minutes',
  secondaryMinutes: 'Long at secondary age, in minutes',
  muchLongerMinutes: 'Much longer than today, in minutes',
  timesDirect: 'Long for its directness: times the drive alone',
  beyondDirectMinutes: 'and at least so many minutes more',
  pastSchoolMetres: 'Driven past school: metres from it',
  pastSchoolMinutes: 'and so many minutes before stopping there',
  aloneMinutes: 'Alone in a minibus, in minutes',
  minibusSeats: 'A minibus has at least so many places',
  earliestPickUp: 'Picked up early: before',
  earlyArrivalMinutes: 'At school long before the bell, in minutes',
  inARowMinutes: 'Kept apart and one after the other: minutes between',
  onePlaceMetres: 'Two vehicles at one place: metres apart',
  onePlaceMinutes: 'and minutes apart',
  atMostPercent: 'Pupils of a school who may change crew on one day, of a hundred',
  daysBetween: 'Days from wave to wave',
  smallestNumber: 'Smallest number that is published',
}

/** What one part of a policy says, as a question or a row asks it. An area stands for itself. */
export const partInWords = (path: string): string => partWords[path] ?? path
