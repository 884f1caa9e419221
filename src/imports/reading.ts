/** Reads one cell: what it means, or what was expected and what to do. Nothing is guessed that could be two things. */
import { isEmailAddress } from '#ground/email-address.ts'
import { readDays, slotsOf } from '#ground/pattern.ts'
import { readPostcode } from '#ground/postcode.ts'
import { addDays, daysBetween, type PlainDate, plainDate, readPlainDate } from '#ground/time.ts'

export type Read = { value: unknown } | { expected: string; todo: string }
export type Reader = (text: string) => Read

const no = (expected: string, todo: string): Read => ({ expected, todo })
const damaged = no(
  'the whole number, not a rounded one',
  'Format the column as text in the spreadsheet and copy the numbers in again.',
)
const ROUNDED = /^\d(\.\d+)?E\+?\d+$/i

export const words: Reader = (text) => (ROUNDED.test(text) ? damaged : { value: text })

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAY_TODO = 'Correct the day, or leave it empty if it is not known.'

/** A day: 2026-09-01, 1/9/2026 (day first), 1 September 2026, or the number Excel keeps for it. */
export const day: Reader = (text) => {
  const written = daySpelt(text.trim().replace(/[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/, ''))
  const found = written === undefined ? undefined : readPlainDate(written)
  return found ? { value: found } : no('a day that exists, as 01/09/2026 or 2026-09-01', DAY_TODO)
}

function daySpelt(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  // Excel counts days from 1900 and believes that year was a leap year: 60 is a day that never was.
  if (/^[2-6]\d{4}$/.test(text)) return addDays(plainDate('1899-12-30'), Number(text))
  const [, d, m, y] =
    /^(\d{1,2})[\s./-]+(\d{1,2}|[a-z]{3,9})[\s./-]+(\d{4})$/i.exec(
      text.replace(/(\d)(st|nd|rd|th)\b/i, '$1'),
    ) ?? []
  if (d === undefined || m === undefined || y === undefined) return undefined
  const month = /^\d/.test(m) ? Number(m) : MONTHS.indexOf(m.slice(0, 3).toLowerCase()) + 1
  return `${y}-${String(month).padStart(2, '0')}-${d.padStart(2, '0')}`
}

/** Between two days a person alive may have been born; two digits of a year are refused, not guessed. */
export const dayOfBirth: Reader = (text) => {
  const read = day(text)
  if ('value' in read && (read.value as string) < '1990-01-01') {
    return no('a day since 1990', 'Correct the year: pupils are at most 25 years old.')
  }
  return read
}

/** ONSPD writes the month a postcode ended: 200305. */
export const month: Reader = (text) => {
  const [, y, m] = /^(\d{4})-?(\d{2})$/.exec(text) ?? []
  const found = y === undefined ? day(text) : { value: readPlainDate(`${y}-${m}-01`) }
  return 'value' in found && found.value !== undefined ? found : no('a month, as 200305, or a day', DAY_TODO)
}

/** A time by the clock on the wall: 08:55, 8.55am, 0855. It has no day, so no hour of it happens twice. */
export const time: Reader = (text) => {
  const bare =
    /(?:T|^)(\d{1,2})[:.](\d{2})(?::\d{2})?\s*(am|pm)?$/i.exec(text.trim()) ??
    /^(\d{2})(\d{2})()$/.exec(text.trim())
  const hour = Number(bare?.[1]) + (/pm/i.test(bare?.[3] ?? '') && bare?.[1] !== '12' ? 12 : 0)
  const minute = Number(bare?.[2])
  if (!bare || hour > 23 || minute > 59)
    return no('a time, as 08:55', 'Write hours and minutes of the 24-hour clock.')
  return { value: `${String(hour).padStart(2, '0')}:${bare[2]}:00` }
}

const YES = ['yes', 'y', 'true', '1', 'x', '✓']
const NO = ['no', 'n', 'false', '0', '-']
export const yesOrNo: Reader = (text) => {
  const said = text.trim().toLowerCase()
  if (YES.includes(said)) return { value: true }
  return NO.includes(said) ? { value: false } : no('yes or no', 'Write yes or no.')
}

/** A whole number, with or without commas between thousands. */
export const whole =
  (least: number, most: number): Reader =>
  (text) => {
    const plain = text.replace(/(\d),(?=\d{3}\b)/g, '$1').replace(/\.0+$/, '')
    const value = Number(plain)
    const fits = /^-?\d+$/.test(plain) && value >= least && value <= most
    return fits ? { value } : no(`a whole number from ${least} to ${most}`, 'Correct the number.')
  }

export const number =
  (least: number, most: number): Reader =>
  (text) => {
    const value = Number(text)
    const fits = /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text) && value >= least && value <= most
    return fits ? { value } : no(`a number from ${least} to ${most}`, 'Correct the number.')
  }

/** Money in pounds, kept in whole pence: £1,234.50 is 123450. */
export const pounds: Reader = (text) => {
  const [, whole, pence = ''] = /^£?\s?(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(',', '')) ?? []
  if (whole === undefined) return no('pounds and pence, as 145.50', 'Write the amount without words.')
  return { value: Number(whole) * 100 + Number(pence.padEnd(2, '0')) }
}

export const postcode: Reader = (text) => {
  const found = readPostcode(text)
  if (found) return { value: found }
  return no(
    'a United Kingdom postcode, as WQ4 7AA',
    'Correct it. Write an address abroad in full in the address, and leave the postcode empty.',
  )
}

export const upn: Reader = (text) => {
  const packed = text.toUpperCase().replace(/\s/g, '')
  if (ROUNDED.test(packed)) return damaged
  if (/^[A-Z]\d{11}[\dA-Z]$/.test(packed)) return { value: packed }
  return no(
    'a unique pupil number: a letter, eleven figures, and a figure or letter',
    'Copy it again from the school’s system, or leave it empty.',
  )
}

/** A spreadsheet drops the nought a telephone number begins with: ten figures that begin 1, 2, 3 or 7 get it back. */
export const phone: Reader = (text) => {
  if (ROUNDED.test(text)) return damaged
  const figures = text.replace(/[^\d+]/g, '')
  if (/^[1237]\d{9}$/.test(figures)) return { value: `0${figures}` }
  return figures.length >= 7
    ? { value: text }
    : no('a telephone number', 'Write the number with its area code.')
}

export const email: Reader = (text) =>
  isEmailAddress(text) ? { value: text } : no('an e-mail address', 'Correct the address.')

/** Companies House numbers have eight characters; a spreadsheet drops the noughts in front. */
export const companyNumber: Reader = (text) =>
  /^([A-Z]{2})?\d{1,8}$/i.test(text)
    ? { value: /^\d+$/.test(text) ? text.padStart(8, '0') : text.toUpperCase() }
    : no('a company number of eight characters', 'Copy it from Companies House.')

/** One of the words the register knows, whatever their capitals; other words may be named for them. */
export const oneOf =
  (meanings: Readonly<Record<string, string>>): Reader =>
  (text) => {
    const said = text
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
    const found = Object.entries(meanings).find(([word]) => word.replace(/-/g, ' ') === said)
    const list = [...new Set(Object.values(meanings))].join(', ')
    return found ? { value: found[1] } : no(`one of: ${list}`, 'Use one of these words.')
  }

/** The same words for themselves. */
export const anyOf = (...meanings: string[]): Reader =>
  oneOf(Object.fromEntries(meanings.map((word) => [word, word])))

/** Several words with semicolons between. */
export const list: Reader = (text) => ({
  value: text
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
})

export const json: Reader = (text) => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return no('JSON, as an export writes it', 'Copy the cell from an export, or leave it empty.')
  }
}

const PATTERN = /^\{\[\d+,\d+\)(,\[\d+,\d+\))*\}$/
const daysTodo = 'Write the days, as Monday to Friday or Mon, Wed, Fri.'

/** Days of the fortnight: Monday to Friday, Mon and Wed; or the pattern itself, as an export writes it. */
export const daysOfFortnight: Reader = (text) => {
  const found = PATTERN.test(text) ? text : readDays(text.replace(/every school day/i, 'Monday to Friday'))
  return found && within(found, 14) ? { value: found } : no('days of the week', daysTodo)
}

/** The same in half-days: `Mon, Tue am, Wed pm` is not read; whole days are. */
export const halfDaysOfFortnight: Reader = (text) => {
  if (PATTERN.test(text)) return within(text, 28) ? { value: text } : no('half-days from 0 to 27', daysTodo)
  const found = daysOfFortnight(text.replace(/every day/i, 'Monday to Sunday'))
  if (!('value' in found)) return found
  return { value: (found.value as string).replace(/\d+/g, (n) => String(2 * Number(n))) }
}

const within = (pattern: string, size: number) => slotsOf(pattern as never).every((slot) => slot < size)

/** Seats and wheelchair places that can be had at once: 16+0; 13+1. A number alone is seats. */
export const layouts: Reader = (text) => {
  const pairs = text.split(';').map((one) => /^\s*(\d{1,3})\s*(?:\+\s*(\d{1,2}))?\s*$/.exec(one))
  if (pairs.some((pair) => pair === null))
    return no('seats + wheelchair places, as 16+0; 13+1', 'Write each layout so.')
  return { value: pairs.map((pair) => [Number(pair?.[1]), Number(pair?.[2] ?? 0)]) }
}

/**
 * A school-age child's day of birth when a sample gives the age alone: the first day of that school year. For trying
 * things on; no real register is made so.
 */
export const bornFromAge =
  (on: PlainDate): Reader =>
  (text) => {
    const years = whole(0, 25)(text)
    if (!('value' in years)) return years
    const born = `${Number(on.slice(0, 4)) - (years.value as number)}${on.slice(4)}`
    return { value: readPlainDate(born) ?? addDays(plainDate(`${born.slice(0, 4)}-02-28`), 1) }
  }

/** Whether a day is before another. */
export const endsBeforeItStarts = (from: PlainDate, last: PlainDate): boolean => daysBetween(from, last) < 0
