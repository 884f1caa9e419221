/** Today's situation: the one number first, then what it is made of, then what changed. Any day, as known any time. */
import { earlierOf } from '#ground/time.ts'
import { asAtView } from '#web/as-at.ts'
import { everyRole, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { sitrepAsAt } from './store.ts'
import { todayView } from './today.view.ts'

export const todayPage: Page = {
  path: paths.today,
  allow: everyRole,

  async get({ sql, asAt, now, path, query }) {
    const { on } = asAt
    const knownAt = earlierOf(asAt.knownAt, now)
    const sitrep = await sitrepAsAt(sql, { on, knownAt })
    return show('sitrep/today.njk', {
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
      ...todayView(sitrep, { chosen: asAt.chosen, typed: asAt.typed }),
    })
  },
}
