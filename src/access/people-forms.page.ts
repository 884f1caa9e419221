/** Opens an account, says what a person may be, closes the account when they leave. An administrator's work. */
import { isEmailAddress } from '#ground/email-address.ts'
import { readId } from '#ground/ids.ts'
import { ok, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { fieldError } from '#web/forms.ts'
import type { Lists, Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { Question } from '#web/question.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import {
  type Colleague,
  closeAccount,
  colleagueOn,
  giveRoles,
  openAccount,
  openAgain,
} from './people-store.ts'
import { roles as everyRole, isRole, type Role, roleDoes, roleInWords } from './role.ts'

const administrators = ['administrator'] as const

type Subject = Pick<Visit, 'now' | 'today'> & { one: Colleague }

/** Whoever a form is about: one with an open account, or one who had one. */
async function subjectOf(visit: Visit, which: 'personId' | 'formerId'): Promise<Subject | undefined> {
  const { sql, params, today, now } = visit
  const person = readId<'Person'>(params[which])
  const one = person && (await colleagueOn(sql, { today, now, person }))
  return one && (one.closedAt === null) === (which === 'personId') ? { one, now, today } : undefined
}

const whichRoles: Question = {
  ask: 'several',
  name: 'roles',
  label: 'What may they be?',
  options: everyRole.map((role) => ({ value: role, text: roleInWords(role), hint: roleDoes(role) })),
}
const chosenRoles = (lists: Lists): Role[] => (lists['roles'] ?? []).filter(isRole)
const inWords = (roles: readonly Role[]): string =>
  roles.map((role) => roleInWords(role).toLowerCase()).join(', ') || 'nothing'
const nobodyLeft = (field: string) =>
  fieldError(field, 'Nobody would be left who can let anybody in. Make somebody else an administrator first')

type Opening = { name: string; email: string; roles: Role[]; from: PlainDate }

export const newPersonPage = recordFormPage<Pick<Visit, 'now'>, Opening, { person: number }>({
  path: paths.newPerson,
  roles: administrators,
  subject: async ({ now }) => ({ now }),
  question: () => 'Who is to have an account?',
  says: 'They choose a password of their own, with a link that you give them in the next step.',
  back: () => paths.people,
  questions: () => [
    { ask: 'text', name: 'name', label: 'Name' },
    { ask: 'text', name: 'email', label: 'Email address', hint: 'They sign in with it' },
    whichRoles,
    { ask: 'day', name: 'from', label: 'From' },
  ],
  standing: (_none, { today }) => ({ from: today }),
  read(form, lists) {
    const read = reading(form)
    const name = read.text('name', 'Enter their name')
    const email = read.text('email', 'Enter their email address')
    if (email !== undefined && !isEmailAddress(email))
      read.wrong('email', `"${email}" is not an email address. Enter one like asha.kaur@council.example`)
    const from = read.day('from', 'the first day of it')
    const roles = chosenRoles(lists)
    if (roles.length === 0) read.wrong('roles', 'Choose at least one')
    return read.answer(name && email && from && { name, email, roles, from })
  },
  title: (_none, { name, roles, from }) => `${name}: ${inWords(roles)} from ${dayInWords(from)}`,
  doing: 'open the account',
  async work(tx, { now }, opening) {
    const opened = await openAccount(tx, { ...opening, now })
    if (opened.ok) return ok({ person: opened.value })
    const says = `${opening.email} is somebody’s address here already. Find them under People`
    return refuse([fieldError('email', says)])
  },
  told: (_none, { name }) => [`${name} cannot enter before they have chosen a password.`],
  onward: (_none, { person }) => `${paths.people}/${person}`,
})

type Roles = { roles: Role[]; from: PlainDate }

const readRoles = (form: Visit['form'], lists: Lists) => {
  const read = reading(form)
  const from = read.day('from', 'the first day of it')
  return read.answer(from && { roles: chosenRoles(lists), from })
}

export const personRolesPage = recordFormPage<Subject, Roles, null>({
  path: '/people/:personId/roles',
  roles: administrators,
  subject: (visit) => subjectOf(visit, 'personId'),
  question: ({ one }) => `What may ${one.name} be?`,
  says: 'From that day on they may be these, and nothing else. What they were before stays on record.',
  back: ({ one }) => paths.person(one.person),
  questions: () => [whichRoles, { ask: 'day', name: 'from', label: 'From' }],
  replaces: ({ one }) => [{ table: 'person_role', key: { person_id: one.person } }],
  standing: ({ one }, { today }) => ({ roles: one.roles.join(), from: today }),
  read: readRoles,
  title: ({ one }, { roles, from }) => `${one.name}: ${inWords(roles)} from ${dayInWords(from)}`,
  doing: 'record what they may be',
  async work(tx, { one }, { roles, from }) {
    const given = await giveRoles(tx, { person: one.person, roles, from })
    return given.ok ? given : refuse([nobodyLeft('roles')])
  },
  told: ({ one }, { roles }) => [
    `${one.name} is ${inWords(one.roles)} today, and will be ${inWords(roles)}.`,
  ],
})

export const personLeavesPage = recordFormPage<Subject, Subject, null>({
  path: '/people/:personId/close',
  roles: administrators,
  subject: (visit) => subjectOf(visit, 'personId'),
  question: ({ one }) => `Does ${one.name} no longer use Firstbell?`,
  says: 'Their account is closed at once, and they are signed out everywhere. What they recorded stays under their name.',
  back: ({ one }) => paths.person(one.person),
  questions: () => [{ ask: 'yes', name: 'leaves', label: 'Close the account' }],
  read(form, _lists, subject) {
    const read = reading(form)
    if (form['leaves'] !== 'yes') read.wrong('leaves', 'Tick that the account is to be closed, or go back')
    return read.answer(subject)
  },
  title: ({ one }) => `${one.name}: account closed`,
  doing: 'close the account',
  async work(tx, { one, now, today }) {
    const closed = await closeAccount(tx, { person: one.person, now, today })
    if (closed.ok) return closed
    return refuse([
      closed.refusal === 'closed-already'
        ? fieldError('leaves', 'The account has been closed meanwhile. Go back')
        : nobodyLeft('leaves'),
    ])
  },
  told: ({ one }) => [`${one.name} is ${inWords(one.roles)} today, and can do nothing from now on.`],
})

export const personReturnsPage = recordFormPage<Subject, { roles: Role[] }, null>({
  path: '/people/former/:formerId',
  roles: administrators,
  subject: (visit) => subjectOf(visit, 'formerId'),
  question: ({ one }) => `What may ${one.name} be, now that they are back?`,
  says: 'The account opens with the password they had. Give them a link if they have forgotten it.',
  back: ({ one }) => paths.person(one.person),
  questions: () => [whichRoles],
  read(_form, lists) {
    const roles = chosenRoles(lists)
    return roles.length > 0 ? ok({ roles }) : refuse([fieldError('roles', 'Choose at least one')])
  },
  title: ({ one }, { roles }) => `${one.name}: account open again, ${inWords(roles)}`,
  doing: 'open the account again',
  async work(tx, { one, now, today }, { roles }) {
    await openAgain(tx, { person: one.person, roles, now, today })
    return ok(null)
  },
  told: () => [],
})
