import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import type { Result } from '#ground/result.ts'
import type { FileRefused, Sheet } from '#imports'
import { harmless, meant } from './harmless.ts'
import { LARGEST_FILE, readFile } from './read-file.ts'
import { csvOf, workbookOf } from './write-file.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (bytes: Uint8Array, name = 'pupils.csv') => readFile({ name, bytes })
const sheetIn = (read: Result<Sheet[], FileRefused>): Sheet => {
  if (!read.ok) throw new Error(read.refusal.says)
  return read.value[0] as Sheet
}
const sheetFrom = async (text: string) => sheetIn(await read(utf8(text)))

// Every script a family may write its name in, and the marks that break files.
const names = [
  'Siân Ó Súilleabháin',
  'Zieliński',
  '李小龍',
  'محمد',
  'Σοφία',
  'Нина',
  'ਹਰਪ੍ਰੀਤ',
  'O"Brien, Jr',
  'two\nlines',
  "'quoted'",
  '👧🏽',
]

describe('reading text', () => {
  test.each([
    ['UTF-8', utf8('Name,Town\nZoë,Dover\n')],
    ['UTF-8 with a byte order mark', utf8('\uFEFFName,Town\r\nZoë,Dover\r\n')],
    ['Windows-1252', Uint8Array.from(Buffer.from('Name,Town\r\nZo\xeb,Dover\r\n', 'latin1'))],
    ['semicolons', utf8('Name;Town\nZoë;Dover\n')],
    [
      'tabs, as UTF-16 from Excel',
      Uint8Array.from(Buffer.from('\uFEFFName\tTown\r\nZoë\tDover\r\n', 'utf16le')),
    ],
    ['old Mac line ends', utf8('Name,Town\rZoë,Dover\r')],
    ['a title and an empty line above', utf8('Pupils in September\n\nName,Town\nZoë,Dover\n')],
  ])('%s', async (_, bytes) => {
    const { headings, rows } = sheetIn(await read(bytes))
    expect(headings).toEqual(['Name', 'Town'])
    expect(rows.map(({ cells }) => cells)).toEqual([['Zoë', 'Dover']])
  })

  test('a row is known by the line it begins on, whatever its cells hold', async () => {
    const { rows } = await sheetFrom('Name,Note\nA,"one\ntwo"\n\nB,x\n')
    expect(rows.map(({ line }) => line)).toEqual([2, 5])
  })

  test('headings that are the same are told apart, and those that are missing get a name', async () => {
    const { headings } = await sheetFrom('Name,Phone,Phone,,Note\nA,1,2,3,4\n')
    expect(headings).toEqual(['Name', 'Phone', 'Phone (2)', 'Column 4', 'Note'])
  })

  test('a short row is filled, and one that is too long is shown as broken', async () => {
    const { rows } = await sheetFrom('A,B,C\n1\n1,2,3,4\n')
    expect(rows[0]).toEqual({ line: 2, cells: ['1', '', ''] })
    expect(rows[1]?.broken).toContain('4 values under 3 headings')
  })

  test('a file cut in the middle of a row says so at that row', async () => {
    const { rows } = await sheetFrom('A,B,C\n1,2,3\n4,5')
    expect(rows[0]?.broken).toBeUndefined()
    expect(rows[1]?.broken).toContain('ends in the middle of it, after 2 of 3 values')
  })

  test('a file cut inside quotation marks is refused whole', async () => {
    const answer = await read(utf8('A,B\n1,"and so'))
    expect(answer).toMatchObject({ ok: false, refusal: { file: 'pupils.csv' } })
    expect(!answer.ok && answer.refusal.says).toContain('ends inside quotation marks')
  })

  test('Code-Point Open, which has no headings, is given its own', async () => {
    const { headings, rows } = await sheetFrom(
      '"WQ4 7AA",10,561234,159876,"E92000001","","","","E07000111","E05000001"\n',
    )
    expect(headings.slice(0, 4)).toEqual(['PC', 'PQ', 'EA', 'NO'])
    expect(rows).toHaveLength(1)
  })
})

test('a workbook keeps days and times as numbers; they are read as people wrote them', async () => {
  // 42429 is 29 February 2016 in Excel's count, and 0.375 nine in the morning.
  const data = [
    ['Born', 'Opens', 'Phone', 'Wheelchair'],
    [
      { value: 42_429, type: Number, format: 'dd/mm/yyyy' },
      { value: 0.375, type: Number, format: 'hh:mm' },
      { value: 7_700_900_123, type: Number },
      { value: true, type: Boolean },
    ],
  ]
  const bytes = await writeExcelFile([{ sheet: 'Pupils', data }]).toBuffer()
  expect(sheetIn(await read(bytes)).rows[0]?.cells).toEqual(['2016-02-29', '09:00', '7700900123', 'yes'])
})

describe('what cannot be read is refused with what to do', () => {
  test.each([
    ['an empty file', utf8(''), 'is empty'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'is not a text file'],
    ['an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'Save it as .xlsx'],
    ['a torn workbook', utf8('PK\u0003\u0004 and no more'), 'cut short'],
    ['one byte over 50 MB', new Uint8Array(LARGEST_FILE + 1), '50 MB is the most'],
  ])('%s', async (_, bytes, says) => {
    const answer = await read(bytes)
    expect(!answer.ok && answer.refusal.says).toContain(says)
  })

  test('a file of 50 MB is read', { timeout: 60_000 }, async () => {
    const row = `${'x'.repeat(500)},${'y'.repeat(500)}\n`
    const text = `A,B\n${row.repeat(Math.floor((LARGEST_FILE - 10) / row.length))}`
    expect((await sheetFrom(text)).rows.length).toBe(Math.floor((LARGEST_FILE - 10) / row.length))
  })
})

describe('a workbook packed to fill the memory is refused before it is opened', () => {
  // One sheet of noughts, as a .zip has it: deflated a thousandfold.
  const bomb = (said: number) => {
    const packed = deflateRawSync(Buffer.alloc(301 * 1024 * 1024))
    const name = Buffer.from('xl/worksheets/sheet1.xml')
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(said, 24)
    entry.writeUInt16LE(name.length, 28)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt32LE(local.length + name.length + packed.length, 16)
    return Buffer.concat([local, name, packed, entry, name, end])
  }

  test.each([
    ['that says so', 301 * 1024 * 1024],
    ['that says it is small', 1000],
  ])('%s', async (_, said) => {
    const bytes = bomb(said)
    expect(bytes.length).toBeLessThan(1024 * 1024)
    const answer = await read(bytes, 'pupils.xlsx')
    expect(!answer.ok && answer.refusal.says).toContain('unpacks to more than 300 MB')
  })
})

describe('what a file is, its bytes say and not its name', () => {
  const table = { name: 'Pupils', headings: ['Name', 'Town'], rows: [['Zoë', 'Dover']] }

  test('a workbook that is called .csv', async () => {
    const sheet = sheetIn(await read(await workbookOf([table]), 'pupils.csv'))
    expect(sheet).toMatchObject({ name: 'pupils', headings: table.headings })
    expect(sheet.rows[0]?.cells).toEqual(['Zoë', 'Dover'])
  })

  test('text that is called .xlsx', async () => {
    const sheet = sheetIn(await read(csvOf(table), 'pupils.xlsx'))
    expect(sheet).toMatchObject({ name: 'pupils', headings: table.headings })
    expect(sheet.rows[0]?.cells).toEqual(['Zoë', 'Dover'])
  })
})

describe('writing', () => {
  const table = {
    name: 'Pupils',
    headings: ['Name', 'Note'],
    rows: [
      ...names.map((name) => [name, 'plain']),
      ...['=1+1', '+44 1234', '-', '@here', "'=1", "''+x", '-1.5', "'tis", '007', '=HYPERLINK("x")'].map(
        (v) => ['A', v],
      ),
    ],
  }

  test('no cell begins like a formula, and all of them come back the same, as CSV', async () => {
    const bytes = csvOf(table)
    const text = new TextDecoder().decode(bytes)
    expect(text).not.toMatch(/(^|,|\n)"?[=+@]/)
    expect(text).not.toMatch(/(^|,|\n)"?-(?!\d+(\.\d+)?[\r,])/)
    expect(sheetIn(await read(bytes)).rows.map(({ cells }) => cells)).toEqual(table.rows)
  })

  test('and as a workbook', async () => {
    const sheet = sheetIn(await read(await workbookOf([table]), 'pupils.xlsx'))
    expect(sheet).toMatchObject({ headings: ['Name', 'Note'], name: 'pupils' })
    expect(sheet.rows.map(({ cells }) => cells)).toEqual(table.rows)
    expect(sheet.rows[0]?.line).toBe(2)
  })

  test.each([['=x'], ['-x'], ["'=x"], ['x'], [''], ["'"], ['\tx'], ['-12'], ["''"]])(
    '%j is meant by what is written for it',
    (text) => {
      expect(meant(harmless(text))).toBe(text)
    },
  )
})
