/** Every component on one page, to be looked at. There is such a page in a demonstration county only. */
import { designView } from './design.view.ts'
import { notFound, type OpenPage, show } from './page.ts'
import { paths } from './paths.ts'

export const designPage: OpenPage = {
  path: paths.design,
  allow: 'anyone',

  async get(visit) {
    return visit.demonstration
      ? show('design.njk', { title: 'How Firstbell looks', errors: [], sample: designView(visit) })
      : notFound
  },
}
