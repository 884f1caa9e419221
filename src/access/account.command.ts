/** `firstbell account open|link|close|list`: how the first person gets in, and the last one back in. */
import { recordChange } from '#changeover/store'
import { type Asked, author, type Command, refused, report } from '#cli/command.ts'
import { isEmailAddress } from '#ground/email-address.ts'
import { ok } from '#ground/result.ts'
import { momentInWords } from '#ground/time.ts'
import { FIRSTBELL } from '#knowledge/store'
import { LINK_LASTS_HOURS, makeLink } from './invitation-store.ts'
import { type Colleague, closeAccount, colleaguesOn, openAccount } from './people-store.ts'
import { roles as everyRole, isRole, roleInWords } from './role.ts'

const at = {
  flags: '--at <address>',
  means: 'where people reach Firstbell, for the link (http://localhost:3000 if not given)',
}
const linkTo = ({ options }: Asked, token: string): string =>
  `${String(options['at'] ?? 'http://localhost:3000').replace(/\/$/, '')}/welcome/${token}`
const withLink = (says: string, link: string) =>
  `${says} Give them this link, by a way you trust. It works once, for ${LINK_LASTS_HOURS} hours:\n\n  ${link}`

export const accountOpenCommand: Command = {
  name: 'account open',
  summary: 'open an account, and make the link with which its owner chooses a password',
  takes: ['<email>', '<name>', '<roles...>'],
  options: [at],

  async run(asked) {
    const { sql, today, now } = asked
    const [email = '', name = '', ...typed] = asked.words
    const roles = typed
      .join(' ')
      .split(/[\s,]+/)
      .filter((role) => role !== '')
    const unknown = roles.find((role) => !isRole(role))
    if (unknown !== undefined)
      return refused(`"${unknown}" is not a role. Choose among: ${everyRole.join(', ')}.`)
    if (!isEmailAddress(email))
      return refused(`"${email}" is not an email address. Give one like asha.kaur@council.example.`)
    const made = await recordChange(sql, author(`Account opened: ${name}`), async (tx) => {
      const opened = await openAccount(tx, { email, name, roles: roles.filter(isRole), from: today, now })
      return opened.ok ? ok(await makeLink(tx, { person: opened.value, by: FIRSTBELL, now })) : opened
    })
    if (!made.ok)
      return refused(
        `${email} has an account already. firstbell account link ${email} makes a new link for it.`,
      )
    const link = linkTo(asked, made.value)
    return report(withLink(`${name} has an account.`, link), { email, name, roles, link })
  },
}

export const accountLinkCommand: Command = {
  name: 'account link',
  summary: 'make a link with which somebody chooses a new password',
  takes: ['<email>'],
  options: [at],

  async run(asked) {
    const { sql, now } = asked
    const found = await openAt(asked)
    if (typeof found === 'string') return refused(found)
    const token = await sql.begin((tx) => makeLink(tx, { person: found.person, by: FIRSTBELL, now }))
    const link = linkTo(asked, token)
    return report(withLink('The link is made.', link), { email: found.email, name: found.name, link })
  },
}

export const accountCloseCommand: Command = {
  name: 'account close',
  summary: 'close the account of somebody who has left, at once',
  takes: ['<email>'],

  async run(asked) {
    const { sql, now, today } = asked
    const found = await openAt(asked)
    if (typeof found === 'string') return refused(found)
    const { person, name } = found
    const closed = await recordChange(sql, author(`Account closed: ${name}`), (tx) =>
      closeAccount(tx, { person, now, today }),
    )
    if (closed.ok) return report(`The account of ${name} is closed.`, { email: found.email, name })
    return refused(
      `${name} is the last who can let anybody in. Open an account for another administrator first: firstbell account open.`,
    )
  },
}

export const accountListCommand: Command = {
  name: 'account list',
  summary: 'everybody who has or had an account',

  async run({ sql, today, now }) {
    const people = await colleaguesOn(sql, { today, now })
    const lines = people.map((one) => `${one.name} <${one.email}>: ${standing(one)}`)
    return report(lines.join('\n') || 'Nobody has an account. firstbell account open makes the first.', {
      accounts: people.map(({ person: _person, ...one }) => one),
    })
  },
}

function standing({ roles, closedAt, canEnter }: Colleague): string {
  if (closedAt !== null) return `closed on ${momentInWords(closedAt)}`
  const may = roles.map(roleInWords).join(', ') || 'no role'
  return canEnter ? may : `${may} (has chosen no password yet)`
}

/** The open account with the address that was given, or the sentence that says why there is none. */
async function openAt({ sql, today, now, words: [email = ''] }: Asked): Promise<Colleague | string> {
  const people = await colleaguesOn(sql, { today, now })
  const found = people.find((one) => one.email === email.trim().toLowerCase())
  if (!found) return `Nobody has an account with the address "${email}". firstbell account list names them.`
  if (found.closedAt !== null)
    return `The account of ${found.name} is closed. An administrator can open it again under People.`
  return found
}
