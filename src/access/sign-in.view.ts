import type { FieldError } from '#web/forms.ts'
import { FORGIVEN_AFTER_MINUTES } from './lockout.ts'
import { roleDoes, roleInWords, type SignedIn } from './role.ts'

type Typed = { email: string; errors: readonly FieldError[] }

/** The sign-in page: what may be typed, and whom one may be in a demonstration. */
export function signInView(
  { cast, to }: { cast: readonly SignedIn[]; to: string },
  { email, errors }: Typed = { email: '', errors: [] },
) {
  return {
    title: 'Sign in',
    to,
    email,
    errors,
    cast: cast.map(({ id, name, roles }) => ({
      id,
      name,
      role: roles.map(roleInWords).join(' and '),
      does: roles.map(roleDoes).join('. '),
    })),
  }
}

export const refusalInWords = {
  wrong: 'The email address or the password is not right. Check both and try again',
  'locked-out': `There have been too many wrong guesses. Wait ${FORGIVEN_AFTER_MINUTES} minutes and try again`,
} as const
