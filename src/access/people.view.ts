/** People and what they may do, in words. */
import { addDays, dayInWords, momentInWords } from '#ground/time.ts'
import { type Column, tableView } from '#web/listing.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { Colleague, RoleHeld } from './people-store.ts'
import { type Role, roleDoes, roleInWords, type SignedIn } from './role.ts'

const mayKeep = ({ roles }: SignedIn): boolean => roles.includes('administrator')
const rolesInWords = (roles: readonly Role[]): string => roles.map(roleInWords).join(', ')

const columns: readonly Column<Colleague>[] = [
  {
    heading: 'Name',
    cell: ({ person, name, email }) => ({ text: name, href: paths.person(person), hint: email }),
  },
  {
    heading: 'May be today',
    cell: ({ roles, closedAt }) => ({
      text: closedAt === null ? rolesInWords(roles) || 'Nothing: they see only their own account' : '',
    }),
  },
  { heading: 'Account', cell: (one) => ({ text: standing(one) }) },
  {
    heading: 'Last here',
    cell: ({ seenAt }) => ({ text: seenAt === null ? 'Never' : momentInWords(seenAt) }),
  },
]

function standing({ closedAt, canEnter, linkUntil }: Colleague): string {
  if (closedAt !== null) return `Closed on ${momentInWords(closedAt)}`
  if (canEnter) return 'Open'
  return linkUntil === null
    ? 'Cannot enter: needs a link'
    : `Has a link to choose a password, until ${momentInWords(linkUntil)}`
}

/** What access/people.njk shows. */
export function peopleView(people: readonly Colleague[], reader: SignedIn) {
  const open = people.filter(({ closedAt }) => closedAt === null)
  return {
    title: 'People',
    says: `${open.length} ${open.length === 1 ? 'person has' : 'people have'} an account that is open.`,
    begins: mayKeep(reader) && { text: 'Open an account', href: paths.newPerson },
    list: tableView<Colleague>({
      caption: 'People with an account',
      captionHidden: true,
      columns,
      rows: people,
      empty: {
        title: 'Nobody has an account',
        says: 'Open the first on the command line: firstbell account open.',
      },
    }),
  }
}

/** A link just made, to be handed over: shown once. */
export type LinkMade = { href: string; hours: number }

type Person = { one: Colleague; held: readonly RoleHeld[]; link: LinkMade | undefined }

/** What access/person.njk shows. */
export function personView({ person: reader, path }: Visit, { one, held, link }: Person) {
  const keeps = mayKeep(reader)
  const isOpen = one.closedAt === null
  return {
    title: one.name,
    back: paths.people,
    link: link ?? false,
    // Shown in answer to a form, the page must not send the form again when it is printed or opened anew.
    address: path,
    rows: [
      { key: 'Email', text: one.email || 'None' },
      { key: 'Account', text: standing(one), hint: `Opened on ${momentInWords(one.openedAt)}` },
      { key: 'Last here', text: one.seenAt === null ? 'Never' : momentInWords(one.seenAt) },
    ],
    actions: !keeps
      ? []
      : isOpen
        ? [
            { text: 'Change what they may be', href: paths.personRoles(one.person) },
            { text: 'Close the account', href: paths.personLeaves(one.person) },
          ]
        : [{ text: 'Open the account again', href: paths.personReturns(one.person) }],
    mayLink: keeps && isOpen,
    linkSays: one.canEnter
      ? 'For a forgotten password. The old one works until they choose another.'
      : 'They choose a password of their own with it, and are in.',
    roles: tableView<RoleHeld>({
      caption: 'What they may be',
      columns: [
        { heading: 'Role', cell: ({ role }) => ({ text: roleInWords(role), hint: roleDoes(role) }) },
        { heading: 'From', cell: ({ from }) => ({ text: dayInWords(from) }) },
        {
          heading: 'Until',
          cell: ({ until }) => ({ text: until === null ? '' : dayInWords(addDays(until, -1)) }),
        },
      ],
      rows: held,
      empty: { title: 'They have no role', says: 'They can sign in, and see only their own account.' },
    }),
  }
}
