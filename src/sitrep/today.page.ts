/** Today's situation: the one number first, then what it is made of, then what changed. Any day, as known any time. */
import { acceptancesOpen } from '#changeover/acceptance-store'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { everyRole, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { acceptedView } from './accepted.view.ts'
import { behindView } from './cohorts.view.ts'
import { cohortsBehind } from './progress-store.ts'
import { alarmOf } from './published.view.ts'
import { differingReports } from './published-store.ts'
import { cutOf, sinceIn } from './situation-pupils.page.ts'
import { sitrepAsAt } from './store.ts'
import { todayView } from './today.view.ts'

export const todayPage: Page = {
  path: paths.today,
  allow: everyRole,

  async get(visit) {
    const { sql, asAt, path, query, queryLists } = visit
    const cut = cutOf(visit)
    const sitrep = await sitrepAsAt(sql, cut, { since: sinceIn(query, cut) })
    const behind = await cohortsBehind(sql, sitrep)
    return show('sitrep/today.njk', {
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
      alarm: alarmOf(await differingReports(sql)),
      behind: behind.map((one) => behindView(one, visit)),
      accepted: acceptedView(
        await acceptancesOpen(sql, sitrep),
        withQuery(paths.acceptances, sameMoment(queryLists)),
      ),
      ...todayView(sitrep, visit),
    })
  },
}
