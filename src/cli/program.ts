/** The command line: from what was typed, to the command it names, to what is printed. */
import { Command as Commander, CommanderError } from 'commander'
import { CannotStart } from '#adapters/postgres/embedded.ts'
import { dayOf, now } from '#ground/time.ts'
import type { Answer, Asked, Command } from './command.ts'
import { commands } from './commands.ts'
import { type Database, openDatabase, type Wanted } from './database.ts'
import { siteSettingsFrom } from './site-settings.ts'
import { Interrupted, toldToStop, unlessTold } from './told-to-stop.ts'

type Global = { data?: string | undefined; json?: true }

/** Where a program prints: its answer, and what a person should know while it works. */
export type Terminal = { print: (text: string) => void; tell: (line: string) => void }

/**
 * Runs what the words after the program's name ask for, and gives the exit code: 0 done, 1 refused, 2 mistyped,
 * 130 interrupted.
 * Throws only for faults.
 */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<number> {
  const settled = { exitCode: 0 }
  const program = programOf(terminal, (exitCode) => {
    settled.exitCode = exitCode
  })
  try {
    await program.parseAsync(words, { from: 'user' })
    return settled.exitCode
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2
    if (!(cause instanceof CannotStart || cause instanceof Interrupted)) throw cause
    terminal.tell(cause.message)
    return cause instanceof CannotStart ? 1 : 130
  }
}

type End = (exitCode: number) => void

function programOf(terminal: Terminal, end: End): Commander {
  const program = new Commander('firstbell')
    .description('Every child accounted for, every school day.')
    .option('--data <dir>', 'where the embedded database lives (or FIRSTBELL_DATA)')
    .option('--json', 'answer for a program to read')
    .showHelpAfterError('(firstbell --help lists the commands)')
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.tell(text.trimEnd()),
    })
    .exitOverride()
  program
    .command('start')
    .description('bring the database up to date, make Westmarch in an empty one, and serve (npm start)')
    .action((_options, chosen: Commander) => start(chosen.optsWithGlobals(), terminal, true))
  program
    .command('serve')
    .description('serve the site and do the background jobs')
    .action((_options, chosen: Commander) => start(chosen.optsWithGlobals(), terminal, false))
  program
    .command('migrate')
    .description('bring the database to this version of Firstbell')
    .action((_options, chosen: Commander) => migrate(chosen.optsWithGlobals(), terminal))
  for (const command of commands) mount(program, command, { terminal, end })
  return program
}

/** Adds a command below the words of its name: `demo reset` is `reset` below `demo`. */
function mount(
  program: Commander,
  command: Command,
  { terminal, end }: { terminal: Terminal; end: End },
): void {
  const words = command.name.split(' ')
  const parent = words
    .slice(0, -1)
    .reduce(
      (above, word) => above.commands.find((one) => one.name() === word) ?? above.command(word),
      program,
    )
  const mounted = parent
    .command([words.at(-1), ...(command.takes ?? [])].join(' '))
    .description(command.summary)
  for (const { flags, means } of command.options ?? []) mounted.option(flags, means)
  mounted.action(async () => {
    const { data, json, ...options } = mounted.optsWithGlobals<Global & Asked['options']>()
    const typed = { words: mounted.processedArgs.flat() as string[], options: options as Asked['options'] }
    const answer = await ask(command, typed, wantedFor({ data }, terminal, false))
    end(tell(answer, json === true, terminal))
  })
}

type Typed = Pick<Asked, 'words' | 'options'>

async function ask(command: Command, typed: Typed, wanted: Wanted): Promise<Answer> {
  const told = toldToStop()
  const database = await openDatabase(wanted)
  try {
    const moment = now()
    const asked = {
      ...typed,
      sql: database.sql,
      folder: database.folder,
      now: moment,
      today: dayOf(moment),
      say: wanted.say,
      told,
    }
    const answer = command.run(asked)
    return await (command.keepsWhenStopped ? answer : unlessTold(told, answer))
  } finally {
    await database.close()
  }
}

function tell(answer: Answer, asJson: boolean, { print, tell }: Terminal): number {
  if (answer.answer === 'report') {
    print(asJson ? JSON.stringify(answer.json, null, 2) : answer.text)
    return 0
  }
  if (asJson) print(JSON.stringify({ refused: answer.sentence }, null, 2))
  else tell(answer.sentence)
  return 1
}

const wantedFor = ({ data }: Global, { tell }: Terminal, migrating: boolean): Wanted => ({
  data,
  environment: process.env,
  migrating,
  say: tell,
})

async function migrate(chosen: Global, terminal: Terminal): Promise<void> {
  const { migrated, close } = await openDatabase(wantedFor(chosen, terminal, true))
  await close()
  terminal.print(
    chosen.json
      ? JSON.stringify({ migrated }, null, 2)
      : migrated.length === 0
        ? 'The database is up to date.'
        : `Ran ${migrated.join(', ')}.`,
  )
}

async function start(chosen: Global, terminal: Terminal, withCounty: boolean): Promise<void> {
  // A report need not wait for the web server's packages to load.
  const { portMustBeFree, serve } = await import('./serve.ts')
  const settings = siteSettingsFrom(process.env)
  await portMustBeFree(settings)
  const told = toldToStop()
  const database = await openDatabase(wantedFor(chosen, terminal, true))
  try {
    if (withCounty) await unlessTold(told, firstMorning(database, terminal))
    const { surveyIfNone } = await import('./survey.ts')
    const survey = withCounty ? await surveyIfNone(database, terminal.tell) : undefined
    await serve({
      database,
      settings,
      say: terminal.tell,
      told,
      isSurveying: () => survey?.isUnderway() ?? false,
    })
    await survey?.stop()
  } finally {
    await database.close()
  }
}

/** A database somebody else looks after is never given a fictional county. */
async function firstMorning({ sql }: Database, { print, tell }: Terminal): Promise<void> {
  const { makeCountyIfEmpty, situationNow } = await import('./first-morning.ts')
  if (!process.env['DATABASE_URL']) await makeCountyIfEmpty(sql, now(), tell)
  print(`${await situationNow(sql, now())}\n`)
}
