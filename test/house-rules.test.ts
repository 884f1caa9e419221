import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'

// What a grep can enforce. When one of these fails, the sentence is the explanation.
const files = ['src', 'test', 'bin', 'bench']
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((name) => /\.(ts|mjs|njk)$/.test(name) && !/\.types\/|\.d\.ts$|boundaries\/canaries\//.test(name))
  .map((name) => ({ name, text: readFileSync(name, 'utf8') }))

const here = /^test\/house-rules\.test\.ts$/
const using = (words: RegExp, except: RegExp = /^$/) =>
  files
    .filter(({ name, text }) => words.test(text) && !except.test(name) && !here.test(name))
    .map(({ name }) => name)

test('chance comes from a seed, so that a plan can be made again', () => {
  expect(using(/Math\.random/)).toEqual([])
})

test('only ground/time.ts reads a clock; everyone else is told what day it is', () => {
  expect(using(/new Date\(|Date\.now|Temporal\.Now/, /^src\/ground\/time\.ts$/)).toEqual([])
})

test('SQL is never built from text', () => {
  expect(using(/\.unsafe\(/, /^(src\/adapters\/postgres\/|test\/support\/)/)).toEqual([])
})

test('SQL is written in stores', () => {
  const sqlText = /\b(sql|tx)(<[^`]*>)?`\s*(select|insert|update|delete|with|create|truncate)\b/i
  expect(
    using(sqlText, /(^|[/-])store\.ts$|^src\/adapters\/postgres\/|^test\/|\.test\.ts$|\/testing\.ts$/),
  ).toEqual([])
})

test('a file over 300 lines is two files', () => {
  expect(files.filter(({ text }) => text.split('\n').length > 301).map(({ name }) => name)).toEqual([])
})

test('files are named for what is in them', () => {
  const drawers =
    /(^|[/.-])(utils?|helpers?|managers?|services?|handlers?|process(or)?s?|data|info|common|shared|misc|base|impl|dtos?)([/.-]|$)/
  const named = files.filter(({ name }) => drawers.test(name) || /[A-Z_]/.test(name))
  expect(named.map(({ name }) => name)).toEqual([])
})

test('what a module exports is named for what it is', () => {
  const drawer =
    /export (?:async )?(?:function|const|class|type|interface) (\w*(?:Util|Helper|Manager|Service|Handler|Processor|Info|Misc|Impl|Dto)s?)\b/
  const named = files.flatMap(
    ({ name, text }) => drawer.exec(text)?.[1] && `${name}: ${drawer.exec(text)?.[1]}`,
  )
  expect(named.filter((found) => found !== undefined && found !== '')).toEqual([])
})

test('every public function says what it takes, gives and refuses', () => {
  const bare = /(?<!\*\/\s*\n)^export (?:async )?function\*? (\w+)/gm
  const found = files
    .filter(({ name }) => /^src\//.test(name) && !/\.test\.ts$|testing\.ts$/.test(name))
    .flatMap(({ name, text }) => [...text.matchAll(bare)].map((match) => `${name}: ${match[1]}`))
  expect(found).toEqual([])
})

test('every folder of src has its place on the map in .dependency-cruiser.cjs', () => {
  const cruiser = readFileSync('.dependency-cruiser.cjs', 'utf8')
  const modules = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const lost = modules.filter(({ name }) => !name.startsWith('.') && !cruiser.includes(`'${name}'`))
  expect(lost.map(({ name }) => `src/${name}`)).toEqual([])
})

test('the door of every module exists', () => {
  const { imports } = createRequire(import.meta.url)('../package.json') as { imports: Record<string, string> }
  const closed = Object.entries(imports).filter(([, path]) => !path.includes('*') && !existsSync(path))
  expect(closed).toEqual([])
})

test('each dependency has its line in the decisions, and each line its dependency', () => {
  const packages = createRequire(import.meta.url)('../package.json') as Record<string, Record<string, string>>
  const wanted = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) =>
    Object.keys(packages[kind] ?? {}),
  )
  const rows = readFileSync('docs/decisions/0012-dependencies.md', 'utf8').matchAll(/^\|([^|]*`[^|]*)\|/gm)
  const named = [...rows].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  )
  const covers = (name: string, one: string) =>
    name === one || (name.endsWith('/*') && one.startsWith(name.slice(0, -1)))

  expect(wanted.filter((one) => !named.some((name) => covers(name, one)))).toEqual([])
  expect(named.filter((name) => !wanted.some((one) => covers(name, one)))).toEqual([])
})

test('a table is drawn by the kit, which makes a card of each row on a narrow screen', () => {
  expect(using(/<table\b/, /^src\/web\/kit\/(table|record)\.njk$/)).toEqual([])
})

test('a form that begins with what stands says which facts it replaces, so that it overwrites nobody unseen', () => {
  // Only numbers that differ are changed; begins with a day alone.
  const harmless = /^src\/(roads\/speeds|plans\/place\/places)\.page\.ts$/
  const readsItsSubject = /\bstanding(?:: \(|\()(?!\)|_|\{ today)/
  const forms = files
    .filter(({ name }) => name.endsWith('.page.ts') && !harmless.test(name))
    .flatMap(({ name, text }) =>
      text
        .split('recordFormPage<')
        .slice(1)
        .map((form) => ({ name, form })),
    )
  expect(forms.length).toBeGreaterThan(25)
  const silent = forms.filter(({ form }) => readsItsSubject.test(form) && !form.includes('replaces:'))
  expect(silent.map(({ name }) => name)).toEqual([])
})

test('a barrel stands only at the door of a module, and lists its names', () => {
  const barrels = files.filter(({ name }) => /^src\/[^/]+\/.+\/index\.ts$/.test(name))
  expect(barrels.map(({ name }) => name)).toEqual([])
  expect(using(/^export \* from/m)).toEqual([])
})

test('nothing in the repository depends on one machine', () => {
  expect(using(/(?<![\w.])\/(work|home|Users)\/\w/)).toEqual([])
})

test('British English', () => {
  expect(
    using(/\b(neighbor|behavior|favorite|travell?er's check|canceled|modeled|labeled|enrollment)/i),
  ).toEqual([])
})

test('work left for later has a number someone can look up', () => {
  expect(using(/\b(TODO|FIXME|XXX)\b(?!.*#\d)/)).toEqual([])
})
