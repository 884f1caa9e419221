/** A person's own views of the list of pupils: the one in hand is given a name, others are opened or deleted. */
import { withQuery } from '#web/address.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { type Page, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { viewQuery } from './saved-view.ts'
import { deleteView, savedViewsOf, saveView } from './saved-view-store.ts'

const keepers = [
  'transport-officer',
  'eligibility-officer',
  'commissioner',
  'manager',
  'administrator',
] as const

const LONGEST_NAME = 60

export const savedViewsPage: Page = {
  path: paths.pupilViews,
  allow: keepers,
  change: keepers,

  get: (visit) => page(visit, viewQuery(withQuery('', visit.queryLists)), []),

  async post(visit) {
    const { sql, form, person, now } = visit
    const view = form['delete'] ?? ''
    if (view !== '') {
      if (/^\d{1,9}$/.test(view)) await deleteView(sql, { person: person.id, view: Number(view) })
      return redirect(paths.pupilViews, 'The view is deleted')
    }
    const query = viewQuery(form['query'] ?? '')
    const name = form['name']?.trim() ?? ''
    const wrong = (says: string) => page(visit, query, [fieldError('name', says)])
    if (name === '') return wrong('Enter a name for the view')
    if (name.length > LONGEST_NAME)
      return wrong(`The name has ${name.length} letters. Shorten it to ${LONGEST_NAME} or fewer`)
    const saved = await saveView(sql, { person: person.id, name, query, at: now })
    if (!saved.ok)
      return wrong(`You have a view called “${name}”. Choose another name, or delete that one first`)
    return redirect(`${paths.pupils}?${query}`, `Saved: ${name}`)
  },
}

async function page({ sql, person, form }: Visit, query: string, errors: readonly FieldError[]) {
  const own = await savedViewsOf(sql, person.id)
  const view = {
    title: 'Your views of the list of pupils',
    back: query === '' ? paths.pupils : `${paths.pupils}?${query}`,
    query,
    name: form['name'] ?? '',
    own: own.map((one) => ({ view: one.view, text: one.name, href: `${paths.pupils}?${one.query}` })),
    errors,
  }
  return (errors.length > 0 ? showAgain : show)('pupils/saved-views.njk', view)
}
