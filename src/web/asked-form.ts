/** A form that is recorded as soon as it can be read: nothing it records carries a child, so nobody is worse off by it. */
import type { PupilId } from '#ground/ids.ts'
import type { FieldError } from './forms.ts'
import { type Fields, type Reply, show, showAgain, type Visit } from './page.ts'
import type { Question } from './question.ts'
import { questionView } from './record-form.ts'

export type AskedForm = {
  title: string
  says: readonly string[]
  back: string
  /** What the button says. */
  doing: string
  /** Where nothing can be asked, nothing can be done either: there is no button. */
  questions: readonly Question[]
  /** What the answers begin with. */
  standing?: Fields
  errors: readonly FieldError[]
  pupils?: readonly PupilId[]
}

/** The form, with what was typed and what is wrong with it; errors make the answer a refusal. */
export function askedForm(
  visit: Visit,
  { questions, standing = {}, pupils = [], doing, ...form }: AskedForm,
): Reply {
  const sent = Object.keys(visit.form).length > 0
  const values = sent ? visit.form : { ...standing, ...visit.query }
  const view = {
    ...form,
    submit: questions.length > 0 && doing,
    questions: questions.map((question) => questionView(question, values, visit.formLists)),
  }
  return (form.errors.length > 0 ? showAgain : show)('asked-form.njk', view, { pupils })
}
