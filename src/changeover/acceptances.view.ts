/** Acceptances in words: what must be thought about before one lapses, and what it means that it has. */
import { dayInWords } from '#ground/time.ts'
import type { AcceptanceStanding } from './acceptance.ts'
import type { Acceptance } from './acceptance-store.ts'

const standings: Record<AcceptanceStanding, string> = {
  lapsing: 'Lapses within a fortnight',
  open: 'Open',
  'to-come': 'Yet to begin',
  lapsed: 'Lapsed',
}

/** A standing as people say it. */
export const standingInWords = (standing: AcceptanceStanding): string => standings[standing]

type Standing = Pick<Acceptance, 'until' | 'worseOff' | 'pupils'> & { standing: AcceptanceStanding }

/** What somebody should do about an acceptance, the first thing on its page. */
export function whatNext({ standing, until, worseOff, pupils }: Standing) {
  const who = worseOff === 1 ? 'One pupil is' : `${worseOff} of ${pupils} pupils are`
  if (worseOff === 0) {
    return {
      tone: 'good',
      title: 'Nobody is as badly off as was accepted',
      says: `On this day each of the ${pupils} has something better, or need not travel.`,
    }
  }
  if (standing === 'lapsed') {
    return {
      tone: 'stop',
      title: `${who} still as badly off, and nobody accepts it any more`,
      says: `It lapsed after ${dayInWords(until)}. Put something better in place today.`,
    }
  }
  return {
    tone: standing === 'lapsing' ? 'stop' : 'care',
    title: `${who} as badly off as was accepted`,
    says: `It lapses by itself after ${dayInWords(until)}. Put something better in place before then.`,
  }
}
