/** Ends a contract after a last day, or lets it run on until a later one. Whoever would be stranded is shown first. */
import type { TransactionSql } from 'postgres'
import { type ContractId, readId } from '#ground/ids.ts'
import { type Result, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import type { Page, Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { extensionOf } from './contract.view.ts'
import { type ContractRecord, contractAsAt } from './store.ts'
import { type EndRefused, type ExtendRefused, endContract, extendContract } from './write-store.ts'

type Until = {
  path: string
  question: (reference: string) => string
  /** Completes "Enter …". */
  asks: string
  /** The last day put forward. */
  proposed: (record: ContractRecord) => PlainDate | undefined
  title: (reference: string, lastDay: PlainDate) => string
  doing: string
  told: (record: ContractRecord, lastDay: PlainDate) => string
  work: (
    tx: TransactionSql,
    asked: { contract: ContractId; lastDay: PlainDate },
  ) => Promise<Result<unknown, EndRefused | ExtendRefused>>
}

export const endContractPage = lastDayPage({
  path: '/contracts/:contractId/end',
  question: (reference) => `When does ${reference} end?`,
  asks: 'the last day of the contract',
  proposed: () => undefined,
  title: (reference, lastDay) => `${reference} ends on ${dayInWords(lastDay)}`,
  doing: 'end the contract',
  told: ({ reference, aboard }) =>
    `${reference} is not in force from the day after. ${aboard.length} pupils sit on its runs today.`,
  work: endContract,
})

export const extendContractPage = lastDayPage({
  path: '/contracts/:contractId/extend',
  question: (reference) => `Until when does ${reference} run on?`,
  asks: 'the new last day of the contract',
  proposed: (record) => extensionOf(record)?.lastDay,
  title: (reference, lastDay) => `${reference} runs on until ${dayInWords(lastDay)}`,
  doing: 'extend the contract',
  told: ({ reference }, lastDay) =>
    `${reference} stays in force, on the terms it has, until ${dayInWords(lastDay)}.`,
  work: extendContract,
})

function lastDayPage({ path, question, asks, proposed, title, doing, told, work }: Until): Page {
  return recordFormPage<ContractRecord, PlainDate, unknown>({
    path,
    roles: ['commissioner', 'manager'],
    subject: contractOf,
    question: ({ reference }) => question(reference),
    says: ({ lastDay }) =>
      `${lastDay === null ? 'It has no last day.' : `Its last day is now ${dayInWords(lastDay)}.`} You will see every pupil who would be worse off before anything is recorded.`,
    back: ({ contract }) => paths.contract(contract),
    questions: () => [{ ask: 'day', name: 'last-day', label: 'Last day' }],
    replaces: ({ contract }) => [{ table: 'contract_terms', key: { contract_id: contract } }],
    standing: (record) => ({ 'last-day': proposed(record) ?? '' }),
    read(form) {
      const read = reading(form)
      return read.answer(read.day('last-day', asks))
    },
    title: ({ reference }, lastDay) => title(reference, lastDay),
    doing,
    async work(tx, { contract }, lastDay) {
      const done = await work(tx, { contract, lastDay })
      return done.ok ? done : refuse(whyNot(done.refusal))
    },
    told: (record, lastDay) => [told(record, lastDay)],
  })
}

async function contractOf({ sql, params, today, now }: Visit): Promise<ContractRecord | undefined> {
  const contract = readId<'Contract'>(params['contractId'])
  return contract && (await contractAsAt(sql, contract, { on: today, knownAt: now }))
}

function whyNot(refusal: EndRefused | ExtendRefused): FieldError[] {
  switch (refusal.because) {
    case 'contract-not-known':
      return [fieldError('last-day', 'This contract is not known. Go back to the list')]
    case 'already-ends':
      return [
        fieldError(
          'last-day',
          `It already ends on ${dayInWords(refusal.lastDay)}. To let it run on, extend it`,
        ),
      ]
    case 'not-later':
      return [fieldError('last-day', `Its last day is ${dayInWords(refusal.lastDay)}. Choose a later one`)]
    case 'without-end':
      return [fieldError('last-day', 'It has no last day, so there is nothing to extend')]
  }
}
