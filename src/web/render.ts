/**
 * Templates to text. A name misspelt in a template throws here, in tests, rather than printing nothing to an officer.
 */
import { join } from 'node:path'
import nunjucks from 'nunjucks'
import type { FieldError } from './forms.ts'

const root = join(import.meta.dirname, '..', '..')

const templates = nunjucks.configure(
  [
    join(root, 'src', 'web'),
    join(root, 'src'),
    join(root, 'node_modules', 'govuk-frontend', 'dist'),
    join(root, 'node_modules', '@ministryofjustice', 'frontend'),
  ],
  { autoescape: true, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true },
)

// The macro of a GOV.UK field takes `errorMessage: errors | errorFor("name")`.
templates.addFilter('errorFor', (errors: readonly FieldError[], field: string) => {
  const error = errors.find(({ href }) => href === `#${field}`)
  return error ? { text: error.text } : false
})

/** `1,234`: a count as people write it. */
templates.addFilter('count', (n: number) => n.toLocaleString('en-GB'))

/** The HTML of a template (a path under src/web or src) with its view. Throws for a name the view does not have. */
export const render = (template: string, view: object): string => templates.render(template, view)
