/** Every component on one page, to be looked at. There is such a page in a demonstration county only. */
import { notFound, type OpenPage, show } from './page.ts'
import { paths } from './paths.ts'

export const designPage: OpenPage = {
  path: paths.design,
  allow: 'anyone',

  async get({ demonstration }) {
    return demonstration ? show('design.njk', { title: 'How Firstbell looks', errors: [] }) : notFound
  },
}
