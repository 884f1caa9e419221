import { describe, expect, test } from 'vitest'
import { type PlainDate, plainDate } from '#ground/time.ts'
import { type Belief, type Claim, compare } from './compare.ts'

const EVERY = '{[0,5),[7,12)}'
type Days = `${string}..${string}`
const span = (days: Days) => {
  const [from = '', until = ''] = days.split('..')
  return { from: plainDate(from), until: until === '' ? null : plainDate(until) }
}
const belief = (columns: object, days: Days, pattern: string | null = null): Belief => ({
  columns: columns as Belief['columns'],
  pattern,
  ...span(days),
})
const claim = (columns: object, days: Days, pattern: string | null = null): Claim => ({
  ...belief(columns, days, pattern),
  firstGiven: true,
})
const extract = (columns: object, days: Days): Claim => ({ ...claim(columns, days), firstGiven: false })
const asOf = plainDate('2026-03-01')
const said = (one: Claim, beliefs: Belief[], siblings: Claim[] = []) =>
  compare(one, beliefs, { siblings, asOf })
const oakfield = { school: 1 }
const beacon = { school: 2 }

describe('nothing to do', () => {
  test.each([
    ['the same on the same days', claim(oakfield, '2025-09-01..'), [belief(oakfield, '2025-09-01..')]],
    ['within the days we believe', extract(oakfield, '2026-03-01..'), [belief(oakfield, '2025-09-01..')]],
    [
      'believed in two parts',
      claim(oakfield, '2025-09-01..'),
      [belief(oakfield, '2025-09-01..2026-01-01'), belief(oakfield, '2026-01-01..')],
    ],
    [
      'a column the file does not hold',
      claim(oakfield, '2025-09-01..'),
      [belief({ ...oakfield, year: '7' }, '2025-09-01..')],
    ],
    [
      'empty and not there',
      claim({ ...oakfield, site: undefined }, '2025-09-01..'),
      [belief({ ...oakfield, site: null }, '2025-09-01..')],
    ],
    [
      'objects in another order',
      claim({ a: { x: 1, y: [2] } }, '2025-09-01..'),
      [belief({ a: { y: [2], x: 1 } }, '2025-09-01..')],
    ],
  ])('%s', (_, one, beliefs) => {
    expect(said(one, beliefs)).toEqual({ state: [], withdraw: [], alsoBelieved: false })
  })
})

describe('to state', () => {
  test('somebody nobody knew', () => {
    expect(said(claim(oakfield, '2025-09-01..'), []).state).toEqual([belief(oakfield, '2025-09-01..')])
  })

  test('a later extract that differs is a change from its day, and keeps what it does not hold', () => {
    const { state } = said(extract(beacon, '2026-03-01..'), [
      belief({ ...oakfield, year: '7' }, '2025-09-01..'),
    ])
    expect(state).toEqual([belief({ ...beacon, year: '7' }, '2026-03-01..')])
  })

  test('a later extract that repeats the first day changes nothing before its own', () => {
    const { state } = said(claim(beacon, '2025-09-01..'), [belief(oakfield, '2025-09-01..')])
    expect(state).toEqual([belief(beacon, '2026-03-01..')])
  })

  test('a first day of its own is the day of the change', () => {
    const { state } = said(claim(beacon, '2026-01-05..'), [belief(oakfield, '2025-09-01..')])
    expect(state).toEqual([belief(beacon, '2026-01-05..')])
  })

  test('days before those believed', () => {
    const { state } = said(claim(oakfield, '2025-04-01..'), [belief(oakfield, '2025-09-01..')])
    expect(state).toEqual([belief(oakfield, '2025-04-01..2025-09-01')])
  })

  test('the days of the fortnight that are new', () => {
    const { state } = said(claim(oakfield, '2025-09-01..', EVERY), [
      belief(oakfield, '2025-09-01..', '{[0,3),[7,10)}'),
    ])
    expect(state).toEqual([belief(oakfield, '2025-09-01..', '{[3,5),[10,12)}')])
  })

  test('only the days of the fortnight it names', () => {
    const friday = '{[4,5),[11,12)}'
    const { state } = said(claim(beacon, '2026-04-01..', friday), [belief(oakfield, '2025-09-01..', EVERY)])
    expect(state).toEqual([belief(beacon, '2026-04-01..', friday)])
  })
})

describe('to withdraw', () => {
  const ended = claim(oakfield, '2025-09-01..2026-04-01')

  test('what was believed to go on after the last day', () => {
    const { state, withdraw } = said(ended, [belief(oakfield, '2025-09-01..')])
    expect(state).toEqual([])
    expect(withdraw).toEqual([{ from: '2026-04-01' as PlainDate, until: null, pattern: null }])
  })

  test('not where the file says what comes after', () => {
    const { withdraw } = said(ended, [belief(oakfield, '2025-09-01..')], [claim(beacon, '2026-04-01..')])
    expect(withdraw).toEqual([])
  })

  test('not what is another belief, as a history in two rows', () => {
    const { withdraw } = said(ended, [
      belief(oakfield, '2025-09-01..2026-04-01'),
      belief(beacon, '2026-04-01..'),
    ])
    expect(withdraw).toEqual([])
  })
})

test('fewer days of the fortnight than believed is a question, not a change', () => {
  const fewer = said(claim(oakfield, '2025-09-01..', '{[0,3),[7,10)}'), [
    belief(oakfield, '2025-09-01..', EVERY),
  ])
  expect(fewer).toEqual({ state: [], withdraw: [], alsoBelieved: true })
})
