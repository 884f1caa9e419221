import type { TransactionSql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import { instant, plainDate } from '#ground/time.ts'
import { recordAccount } from './account-store.ts'
import type { Role } from './role.ts'

const FIRST_ROLE_DAY = plainDate('2019-09-01')

/** Somebody with these roles since 2019, entered with a click in a demonstration. Begins its own revision. */
export async function aPerson(
  tx: TransactionSql,
  { name, roles, password }: { name: string; roles: readonly Role[]; password?: string },
): Promise<PersonId> {
  await tx`select begin_revision(1, 'test', 'People for a test')`
  return recordAccount(tx, {
    name,
    email: `${name.replaceAll(' ', '.')}@westmarch.example`,
    roles,
    from: FIRST_ROLE_DAY,
    openedAt: instant('2019-09-01T09:00'),
    enters: password === undefined ? 'with-a-click' : { password },
  })
}
