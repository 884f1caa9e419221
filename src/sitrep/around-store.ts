/** What stands around the pupils of a cut: their families' contact points, the contracts, names, and the council's policies. */
import type { Sql } from 'postgres'
import type { ContractId, PupilId } from '#ground/ids.ts'
import { addMonths } from '#ground/time.ts'
import { type Policies, policiesFrom, policyNames } from './policy.ts'
import type { Contacts, Cut, NeededContract } from './sitrep.ts'

/** The council's policies on the day of a cut, as known then. */
export async function policiesAt(sql: Sql, { on, revision }: Cut): Promise<Policies> {
  const recorded = await sql<{ name: string; value: unknown }[]>`
    select name, value from policy
     where name = any(${policyNames}::text[]) and valid @> ${on}::date and known @> ${revision}::bigint`
  return policiesFrom(recorded)
}

/** How many pupils on the register have a family nobody can be sure to reach. */
export async function contactsAt(sql: Sql, cut: Cut): Promise<Contacts> {
  const policies = await policiesAt(sql, cut)
  const [row] = await sql<{ pupils: number }[]>`
    select count(*)::integer as pupils from pupil_registration
     where valid @> ${cut.on}::date and known @> ${cut.revision}::bigint`
  return {
    pupils: row?.pupils ?? 0,
    unverified: (await unreachedAt(sql, cut, policies)).length,
    withinMonths: policies['contacts-verified-within-months'],
    targetPercent: policies['contacts-verified-target-percent'],
  }
}

/** Pupils on the register none of whose carers has a contact point verified within the months of the policy. */
export async function unreachedAt(sql: Sql, cut: Cut, policies: Policies): Promise<PupilId[]> {
  const since = addMonths(cut.on, -policies['contacts-verified-within-months'])
  const { on, revision } = cut
  const rows = await sql<{ pupil: PupilId }[]>`
    with verified as materialized (
      select distinct carer_id from contact_point
       where verified_on > ${since} and valid @> ${on}::date and known @> ${revision}::bigint
    ), reached as materialized (
      select distinct pupil_id
        from pupil_carer
       where carer_id in (select carer_id from verified) and told_first
         and valid @> ${on}::date and known @> ${revision}::bigint
    )
    select r.pupil_id as pupil
      from pupil_registration r
     where r.valid @> ${on}::date and r.known @> ${revision}::bigint
       and r.pupil_id not in (select pupil_id from reached)
     order by r.pupil_id`
  return rows.map(({ pupil }) => pupil)
}

/** The contracts that routes planned to run on the day hang on, and whether each is awarded and signed. */
export async function neededContractsAt(sql: Sql, { on, revision }: Cut): Promise<NeededContract[]> {
  return await sql<NeededContract[]>`
    with planned as materialized (
      select distinct r.route_id from run_plan p join run r using (run_id)
       where p.valid @> ${on}::date and p.known @> ${revision}::bigint
    ), awarded as materialized (
      select contract_id from contract_terms
       where status <> 'handed-back' and valid @> ${on}::date and known @> ${revision}::bigint
    ), signed as materialized (
      select distinct contract_id from confirmation
       where kind = 'contract-signed' and valid @> ${on}::date and known @> ${revision}::bigint
    )
    select distinct t.contract_id as contract,
           t.contract_id in (select contract_id from awarded) as awarded,
           t.contract_id in (select contract_id from signed) as signed
      from route_terms t
     where t.route_id in (select route_id from planned)
       and t.valid @> ${on}::date and t.known @> ${revision}::bigint
     order by contract`
}

export type Names = Record<'school' | 'operator' | 'contract', ReadonlyMap<number, string>>

/** What schools, operators and contracts were called on the day of a cut; one that has ended, by its last name. */
export async function namesAt(sql: Sql, { on, revision }: Cut): Promise<Names> {
  const schools = await sql<Named[]>`
    select distinct on (school_id) school_id as id, name from school_particulars
     where known @> ${revision}::bigint order by school_id, valid @> ${on}::date desc, lower(valid) desc`
  const operators = await sql<Named[]>`
    select distinct on (operator_id) operator_id as id, name from operator_particulars
     where known @> ${revision}::bigint order by operator_id, valid @> ${on}::date desc, lower(valid) desc`
  const contracts = await sql<Named[]>`
    select distinct on (contract_id) contract_id as id, reference as name from contract_terms
     where known @> ${revision}::bigint order by contract_id, valid @> ${on}::date desc, lower(valid) desc`
  return { school: mapped(schools), operator: mapped(operators), contract: mapped(contracts) }
}

type Named = { id: ContractId | number; name: string }
const mapped = (rows: readonly Named[]) => new Map(rows.map(({ id, name }) => [Number(id), name]))

export type PupilName = { pupil: PupilId; name: string }

/** What pupils were called on the day of a cut, in the order of their names. Who had left by then has the name they left with. */
export async function pupilNamesAt(
  sql: Sql,
  { on, revision }: Cut,
  pupils: readonly PupilId[],
): Promise<PupilName[]> {
  return await sql<PupilName[]>`
    select pupil, name
      from (select distinct on (p.pupil_id) p.pupil_id as pupil, p.given_name || ' ' || p.family_name as name,
                   p.family_name, p.given_name
              from pupil_particulars p
             where p.pupil_id = any(${[...pupils]}::integer[]) and p.known @> ${revision}::bigint
             order by p.pupil_id, p.valid @> ${on}::date desc, lower(p.valid) desc) named
     order by family_name, given_name, pupil`
}
