/** One way on foot: whose walks its mark changed; and the forms that mark it unsafe, or safe again. */
import type { Role } from '#access'
import {
  clearUnsafe,
  markUnsafe,
  pupilsWalkingAlong,
  type UnsafeWay,
  unsafeWaysFrom,
  walksOnceAlong,
} from '#distances/unsafe-way-store'
import type { PupilId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import type { Footway } from './answers/footways.ts'
import type { OwnRoads } from './answers/own-roads.ts'
import { changedWalksTable, unsafeWayMap, unsafeWayRows, walkersInWords } from './unsafe-way.view.ts'
import { nameOf } from './unsafe-ways.view.ts'

export const markers = ['eligibility-officer', 'manager'] as const

export const unsafeWayPage: Page = {
  path: '/roads/unsafe/:way',
  allow: ['transport-officer', 'eligibility-officer', 'manager', 'auditor'],

  async get(visit) {
    const { sql, today, now, person } = visit
    const marked = await markedWay(visit)
    if (!marked) return notFound
    const [walks, footway] = await Promise.all([
      walksOnceAlong(sql, marked.way, today),
      footwayNumbered(visit),
    ])
    const pupils = [...new Set(walks.map(({ pupil }) => pupil))]
    const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
    const mayClear = person.roles.some((role) => (markers as readonly Role[]).includes(role))
    const view = {
      title: nameOf(marked),
      back: paths.unsafeWays,
      errors: [],
      clear: mayClear && paths.unsafeWayClear(marked.way),
      rows: unsafeWayRows(marked, { today, footway }),
      walks: changedWalksTable(walks, names),
      map: footway && unsafeWayMap(footway),
    }
    return show('roads/unsafe-way.njk', view, { pupils })
  },
}

const markedWay = async ({ sql, params, today }: Visit): Promise<UnsafeWay | undefined> =>
  (await unsafeWaysFrom(sql, today)).find(({ way }) => String(way) === params['way'])

type Walked = { footway: Footway; pupils: readonly PupilId[]; walkers: readonly string[] }
type Mark = { from: PlainDate; why: string }

export const markUnsafePage = recordFormPage<Walked, Mark, null>({
  path: '/roads/unsafe/:way/mark',
  roles: markers,
  async subject(visit) {
    const { sql, today, now } = visit
    const footway = await footwayNumbered(visit)
    if (!footway) return undefined
    const pupils = await pupilsWalkingAlong(sql, footway.way, today)
    const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
    return { footway, pupils, walkers: pupils.map((pupil) => names.get(pupil) ?? `Pupil ${pupil}`) }
  },
  question: ({ footway }) => `Why is ${nameOf(footway)} unsafe to walk along?`,
  says: 'From that day no walk to school is measured along it. A pupil whose walk becomes longer than the law allows may become eligible.',
  back: () => paths.unsafeWays,
  questions: () => [
    {
      ask: 'text',
      name: 'why',
      label: 'What makes it unsafe',
      hint: '“No footway on a bend”, for example, and who looked at it',
    },
    { ask: 'day', name: 'from', label: 'From when' },
  ],
  asksWhy: true,
  standing: (_way, { today }) => ({ from: today }),
  read(form) {
    const read = reading(form)
    const why = read.text('why', 'Enter what makes it unsafe')
    const from = read.day('from', 'the day from which it is unsafe')
    return read.answer(from && why && { from, why })
  },
  title: ({ footway }, { from }) => `${nameOf(footway)} is unsafe to walk along from ${dayInWords(from)}`,
  doing: 'mark it unsafe',
  async work(tx, { footway }, { from, why }) {
    await markUnsafe(tx, { way: footway.way, name: footway.name, reason: why, from })
    return ok(null)
  },
  told: ({ walkers }) => walkersInWords(walkers),
  onward: ({ footway }) => paths.unsafeWay(footway.way),
  pupils: ({ pupils }) => pupils,
})

export const clearUnsafePage = recordFormPage<UnsafeWay, Mark, null>({
  path: '/roads/unsafe/:way/clear',
  roles: markers,
  subject: markedWay,
  question: (way) => `Since when is ${nameOf(way)} safe to walk along?`,
  says: 'From that day walks to school may lead along it again. What was believed of the days before stays.',
  back: ({ way }) => paths.unsafeWay(way),
  questions: () => [
    { ask: 'day', name: 'from', label: 'Safe from' },
    {
      ask: 'text',
      name: 'why',
      label: 'Why',
      hint: '“A footway was built”, for example, and who looked at it',
    },
  ],
  asksWhy: true,
  standing: (_way, { today }) => ({ from: today }),
  read(form, _lists, { from: marked }) {
    const read = reading(form)
    const from = read.day('from', 'the day from which it is safe')
    if (from && from < marked)
      read.wrong('from', `It is marked from ${dayInWords(marked)} on. Choose that day or a later one`)
    const why = read.text('why', 'Enter why it is safe')
    return read.answer(from && why && { from, why })
  },
  title: (way, { from }) => `${nameOf(way)} is safe to walk along from ${dayInWords(from)}`,
  doing: 'mark it safe',
  async work(tx, { way }, { from }) {
    await clearUnsafe(tx, way, from)
    return ok(null)
  },
  told: ({ pupils }) => [
    pupils === 0
      ? 'No pupil’s walk was changed by its mark.'
      : `${pupils === 1 ? 'One pupil’s walk is' : `${pupils} pupils’ walks are`} measured again within minutes.`,
  ],
  onward: () => paths.unsafeWays,
})

/** The county’s own network: no other source knows ways by name. */
export async function ownRoads({ roads }: Visit): Promise<OwnRoads | undefined> {
  const open = await roads()
  return open && 'footways' in open ? open : undefined
}

/** The way of the network with this number, as a path of an address names it. */
async function footwayNumbered(visit: Visit): Promise<Footway | undefined> {
  const way = Number(visit.params['way'])
  if (!Number.isSafeInteger(way) || way <= 0) return undefined
  return (await (await ownRoads(visit))?.footways({ ways: [way] }))?.[0]
}
