/** A person's own account: who they are here, their password, and the way out. */
import { fieldError } from '#web/forms.ts'
import { type OpenPage, type OpenVisit, redirect, show, showAgain } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { changePassword } from './account-store.ts'
import { wrongWithPassword } from './password.ts'
import { roleDoes, roleInWords, type SignedIn } from './role.ts'
import { endSessionsOf } from './session-store.ts'

export const accountPage: OpenPage = {
  path: paths.account,
  allow: 'anyone',

  async get({ person }) {
    return person
      ? show('access/account.njk', accountView(person))
      : redirect(`${paths.signIn}?to=${paths.account}`)
  },

  async post(visit) {
    const { person, sql, form, now, sessionToken = '' } = visit
    if (!person) return redirect(paths.signIn)
    const { current = '', chosen = '' } = form
    const errors = missing(visit)
    if (errors.length > 0) return showAgain('access/account.njk', accountView(person, errors))

    const changed = await sql.begin((tx) =>
      changePassword(tx, { person: person.id, from: current, to: chosen }),
    )
    if (!changed.ok) {
      const wrong = [fieldError('current', 'The current password is not right')]
      return showAgain('access/account.njk', accountView(person, wrong))
    }
    await endSessionsOf(sql, { person: person.id, but: sessionToken, now })
    return redirect(paths.account, 'Your password is changed. You are signed out everywhere else.')
  },
}

/** Ends the session on the server, then forgets the cookie. */
export const signOutPage: OpenPage = {
  path: paths.signOut,
  allow: 'anyone',

  async post() {
    return { reply: 'redirect', to: paths.signIn, session: 'ends' }
  },
}

function missing({ form: { current = '', chosen = '' } }: OpenVisit) {
  const errors = []
  if (current === '') errors.push(fieldError('current', 'Enter your current password'))
  const wrong = wrongWithPassword(chosen)
  if (wrong !== undefined) errors.push(fieldError('chosen', wrong))
  return errors
}

const accountView = ({ name, roles }: SignedIn, errors: ReturnType<typeof missing> = []) => ({
  title: 'Your account',
  name,
  roles: roles.map((role) => ({ name: roleInWords(role), does: roleDoes(role) })),
  errors,
})
