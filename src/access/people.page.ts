/** The people who use Firstbell: who may do what, since when, and a link for whoever has no password. */
import { type PersonId, readId } from '#ground/ids.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { LINK_LASTS_HOURS, makeLink } from './invitation-store.ts'
import { type LinkMade, peopleView, personView } from './people.view.ts'
import { colleagueOn, colleaguesOn, rolesOf } from './people-store.ts'

const readers = ['administrator', 'manager', 'auditor'] as const

export const peoplePage: Page = {
  path: paths.people,
  allow: readers,

  async get({ sql, today, now, person }) {
    return show('access/people.njk', peopleView(await colleaguesOn(sql, { today, now }), person))
  },
}

export const personPage: Page = {
  path: '/people/:personId',
  allow: readers,
  change: ['administrator'],

  get: (visit) => page(visit),

  // Not a redirect: the link is shown this once, and is written down nowhere on the way.
  async post(visit) {
    const { sql, now, origin, person: by } = visit
    const person = personIn(visit)
    const one = person && (await colleagueOn(sql, { ...visit, person }))
    if (!one || one.closedAt !== null) return notFound
    const token = await sql.begin((tx) => makeLink(tx, { person: one.person, by: by.id, now }))
    return page(visit, { href: `${origin}${paths.choosePassword(token)}`, hours: LINK_LASTS_HOURS })
  },
}

async function page(visit: Visit, link?: LinkMade) {
  const person = personIn(visit)
  const one = person && (await colleagueOn(visit.sql, { ...visit, person }))
  if (!one) return notFound
  const held = await rolesOf(visit.sql, one.person)
  return show('access/person.njk', personView(visit, { one, held, link }))
}

const personIn = ({ params }: Visit): PersonId | undefined => readId<'Person'>(params['personId'])
