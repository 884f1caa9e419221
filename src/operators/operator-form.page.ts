/** What every form about one operator begins with: which operator, and where it leads back to. */
import { readId } from '#ground/ids.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type OperatorRecord, operatorAsAt } from './store.ts'

/** The part of a form about an operator that is the same for all of them. */
export const aboutOperator = {
  back: ({ operator }: OperatorRecord) => paths.operator(operator),

  async subject({ sql, params, today, now }: Visit): Promise<OperatorRecord | undefined> {
    const operator = readId<'Operator'>(params['operatorId'])
    return operator && (await operatorAsAt(sql, operator, { on: today, knownAt: now }))
  },
} as const
