/**
 * No side door: every way the program has of writing, found by reading the tree, is either shown refused for a change
 * that strands a child or said why it cannot strand one. Whoever adds a way in adds it here, or this file fails.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#access'
import { recordChange } from '#changeover/store'
import type { CrewId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { aside, harmless, harmlessCommands, harmlessForms, news } from '#test/harmless.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { strandingFiles, strandingForms, strandingWork, yearsOn } from '#test/stranding.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { commands } from '../src/cli/commands.ts'
import { kinds } from '../src/imports/kinds.ts'
import { runImport } from '../src/imports/store.ts'
import { readTexts } from '../src/imports/testing.ts'
import { pages } from '../src/web/pages.ts'

const { sql } = realDatabase()
let county: SmallCounty
let guarded: string[]

beforeAll(async () => {
  county = await smallCounty(sql)
  await yearsOn(sql, county)
  guarded = (await sql<{ name: string }[]>`select table_name as name from guarded_fact`).map(
    ({ name }) => name,
  )
})

const newest = async () => (await sql`select revision from knowledge_clock`)[0]

/** Functions that write, with their text: they take a transaction, or their SQL changes rows. */
const writers = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /(^|[/-])store\.ts$/.test(name))
  .flatMap((name) => {
    const module = name.split('/')[0]
    return readFileSync(`src/${name}`, 'utf8')
      .split(/^(?=export (?:async )?(?:function|const) )/m)
      .slice(1)
      .map((text) => ({ name: `${module}: ${/(?:function|const) (\w+)/.exec(text)?.[1]}`, text }))
  })
  .filter(({ text }) =>
    /\b(stateFact|withdrawFact|bear)\(|\b(insert into|update \w+\s+set|delete from)\b|\b(state|withdraw)_fact\b|\w+: (postgres\.)?TransactionSql/.test(
      text,
    ),
  )

/** Through these everything else is written: shown by what is tried through them. */
const through = ['changeover: recordChange', 'imports: writePlan', 'imports: runImport']

describe('every function that writes', () => {
  test('is on one of these lists', () => {
    const listed = [...Object.keys(harmless), ...Object.keys(strandingWork), ...through]
    expect(writers.map(({ name }) => name).sort()).toEqual(listed.sort())
  })

  test('and names no fact that carries a child, if it is said to be aside', () => {
    const names = new RegExp(`\\b(${guarded.join('|')})\\b`)
    const wrong = writers.filter(
      ({ name, text }) => (harmless[name] === aside || harmless[name] === news) && names.test(code(text)),
    )
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  test.each(Object.keys(strandingWork))('%s: what would strand a child is refused', async (name) => {
    const before = await newest()
    const author = { by: county.people.commissioner, reason: name }
    const tried = await recordChange(sql, author, (tx) => strandingWork[name]?.(tx, county) as never)
    expect(tried).toMatchObject({ ok: false, refusal: { because: 'pupils-would-be-worse-off' } })
    expect(await newest()).toEqual(before)
  })
})

/** Without its comments, in which any word may stand; and without the table of people who look at registers. */
const code = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')

describe('every form of the site', () => {
  const posting = pages.filter((page) => page.post)

  test('is on one of these lists', () => {
    const listed = [...Object.keys(harmlessForms), ...Object.keys(strandingForms)]
    expect(posting.map(({ path }) => path).sort()).toEqual(listed.sort())
  })

  test.each(Object.keys(strandingForms))('%s: shown who would be stranded, and refused', async (path) => {
    const page = posting.find((one) => one.path === path)
    const sent = strandingForms[path]?.(county)
    if (!page?.post || page.allow === 'anyone' || !sent) throw new Error('unreachable')
    const role = page.change?.find((one) => one !== 'manager') as Role
    const person = { id: county.people[role], name: 'Asha Kaur', roles: [role] }
    const before = await newest()
    for (const step of ['', 'record']) {
      const form = { ...sent.form, step }
      const reply = await page.post(aVisit(sql, { ...sent, form, now: now(), person }))
      expect(textOf(reply), step).toMatch(/(One pupil|\d+ pupils) would be worse off/)
    }
    expect(await newest()).toEqual(before)
  })
})

test('every command is on this list, or brings in files by the one import', () => {
  const listed = [...Object.keys(harmlessCommands), 'import']
  expect(commands.map(({ name }) => name).sort()).toEqual(listed.sort())
})

describe('every kind of file', () => {
  const carrying = () =>
    kinds.filter(({ facts }) => facts.some(({ table }) => guarded.includes(table))).map(({ name }) => name)

  test('of what carries children is on the list', () => {
    expect(carrying().sort()).toEqual(Object.keys(strandingFiles).sort())
  })

  test.each(Object.keys(strandingFiles))(
    '%s: a file that would strand a child is refused whole',
    async (kind) => {
      const text = strandingFiles[kind]?.(county) ?? ''
      const before = await newest()
      const wanted = await readTexts({ [`${kind}.csv`]: text }, { asOf: '2096-09-03', partial: true })
      const author = { by: county.people['transport-officer'], reason: kind }
      expect(await runImport(sql, author, wanted)).toMatchObject({
        ok: false,
        refusal: { because: 'pupils-would-be-worse-off' },
      })
      expect(await newest()).toEqual(before)
    },
  )
})

test('the small county is one in which a child can be stranded at all', async () => {
  const [driver] = await sql<
    { crew: CrewId }[]
  >`select crew_id as crew from crew_particulars order by 1 limit 1`
  expect(driver?.crew).toBe(1)
  const days = [plainDate('2097-03-04')]
  const states = await sql`
    select state from travel_state((select revision from knowledge_clock), ${days}::date[], ${[county.pupils.ffion]}::integer[])`
  expect(states.map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
})
