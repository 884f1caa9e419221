/** The last twenty school mornings: whether it gets better. */
import { everyRole, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { policiesAt } from './around-store.ts'
import { lastMornings } from './report-store.ts'
import { cutOf } from './situation-pupils.page.ts'
import { cutAt } from './store.ts'
import { trendView } from './trend.view.ts'

const MORNINGS = 20

export const trendPage: Page = {
  path: paths.trend,
  allow: everyRole,

  async get(visit) {
    const cut = await cutAt(visit.sql, cutOf(visit))
    const mornings = await lastMornings(visit.sql, cut, MORNINGS)
    const policies = await policiesAt(visit.sql, cut)
    return show('sitrep/trend.njk', trendView(visit, mornings, policies['morning-report-at']))
  },
}
