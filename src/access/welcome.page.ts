/** Where a link to choose a password leads. Whoever holds it is in when they have chosen. */
import { fieldError } from '#web/forms.ts'
import { type OpenPage, type OpenVisit, type Reply, show, showAgain } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { invitedBy, useLink } from './invitation-store.ts'
import { wrongWithPassword } from './password.ts'
import { startSession } from './session-store.ts'

export const welcomePage: OpenPage = {
  path: '/welcome/:token',
  allow: 'anyone',

  get: (visit) => page(visit),

  async post(visit) {
    const { sql, form, now, address, params } = visit
    const password = form['chosen'] ?? ''
    const wrong = wrongWithPassword(password)
    if (wrong !== undefined) return page(visit, wrong)
    const person = await useLink(sql, { token: params['token'] ?? '', password, now })
    if (person === undefined) return page(visit)
    const begins = await startSession(sql, { person, address, now })
    return { reply: 'redirect', to: paths.today, session: { begins } }
  },
}

async function page({ sql, params, now }: OpenVisit, wrong?: string): Promise<Reply> {
  const invited = await invitedBy(sql, params['token'] ?? '', now)
  const view = invited
    ? {
        title: `Welcome, ${invited.name}`,
        email: invited.email,
        errors: wrong ? [fieldError('chosen', wrong)] : [],
      }
    : { title: 'This link no longer works', email: false, errors: [] }
  return (wrong === undefined ? show : showAgain)('access/welcome.njk', view)
}
