/**
 * Signing in: with an e-mail address and password, or, in a demonstration county, as any of its cast with one click.
 */

import type { PersonId } from '#ground/ids.ts'
import { readId } from '#ground/ids.ts'
import { fieldError } from '#web/forms.ts'
import { type OpenPage, type OpenVisit, type Reply, redirect, show, showAgain } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { castOf, checkPassword, isOfTheCast } from './account-store.ts'
import { startSession } from './session-store.ts'
import { refusalInWords, signInView } from './sign-in.view.ts'

export const signInPage: OpenPage = {
  path: paths.signIn,
  allow: 'anyone',

  async get(visit) {
    if (visit.person) return redirect(onward(visit.query['to']))
    return show('access/sign-in.njk', signInView(await onOffer(visit)))
  },

  async post(visit) {
    const { email = '', password = '', to } = visit.form
    const typed = { email, errors: missing(email, password) }
    if (typed.errors.length > 0)
      return showAgain('access/sign-in.njk', signInView(await onOffer(visit), typed))

    const { sql, address, now } = visit
    const checked = await checkPassword(sql, { email, password, address, now })
    if (!checked.ok) {
      const errors = [fieldError('email', refusalInWords[checked.refusal])]
      return showAgain('access/sign-in.njk', signInView(await onOffer(visit), { email, errors }))
    }
    return enter(visit, checked.value, to)
  },
}

/** One of the cast, in a demonstration alone: the store is asked again, whatever the form says. */
export const signInAsPage: OpenPage = {
  path: paths.signInAs,
  allow: 'anyone',

  async post(visit) {
    const { sql, today, form } = visit
    const person = readId<'Person'>(form['person'])
    if (person === undefined || !(await isOfTheCast(sql, person, today))) return redirect(paths.signIn)
    return enter(visit, person, form['to'])
  },
}

const onOffer = async ({ sql, today, form, query, demonstration }: OpenVisit) => ({
  cast: demonstration ? await castOf(sql, today) : [],
  to: onward(form['to'] ?? query['to']),
})

function missing(email: string, password: string) {
  const errors = []
  if (email.trim() === '') errors.push(fieldError('email', 'Enter your email address'))
  if (password === '') errors.push(fieldError('password', 'Enter your password'))
  return errors
}

async function enter(
  { sql, address, now }: OpenVisit,
  person: PersonId,
  to: string | undefined,
): Promise<Reply> {
  const begins = await startSession(sql, { person, address, now })
  return { reply: 'redirect', to: onward(to), session: { begins } }
}

/** Where they were going, if it is a place of ours: `//elsewhere` and `https:` are not. */
const onward = (to = ''): string => (/^\/(?![/\\])[^\s\\]*$/.test(to) ? to : paths.today)
