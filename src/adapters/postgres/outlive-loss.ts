/**
 * Transactions that outlive their connection. postgres.js 3.4.9 sends `rollback` or `commit` to a connection that is gone,
 * and the program ends of it (porsager/postgres issues 1133, 1154 and 1208): docs/decisions/0014-lost-connections.md.
 */
import type { Sql, TransactionSql } from 'postgres'

/** What ended a transaction, once something has. Nothing is sent for it any more. */
type Ended = { by?: unknown }
type Work = (tx: TransactionSql) => unknown

/** The same pool; a transaction whose connection dies is refused with what the database said, and ends nothing else. */
export function outlivingLoss(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as (options: string, work: Work) => Promise<unknown>
  const outliving = async (...given: [Work] | [string, Work]) => {
    const [options, work] = given.length === 1 ? ['', given[0]] : given
    const ended: Ended = {}
    try {
      return await begin(options, (tx) => unlessEnded(ended, () => work(watched(tx, ended))))
    } catch (error) {
      ended.by ??= error
      throw ended.by
    }
  }
  return Object.assign(sql, { begin: outliving as Sql['begin'] })
}

/**
 * What the work gives, or fails with. Once its connection is gone, neither: the library would send `commit` or `rollback`
 * after it. It has refused the transaction itself when the connection closed, and waits for nothing here.
 */
async function unlessEnded(ended: Ended, work: () => unknown): Promise<unknown> {
  try {
    const made = work()
    const done = await (Array.isArray(made) ? Promise.all(made) : made)
    if (!('by' in ended)) return done
  } catch (error) {
    if (!('by' in ended)) throw error
  }
  return await new Promise(() => {})
}

/** The transaction's own tag, which notices when its connection is lost and from then on sends nothing. */
function watched(tx: TransactionSql, ended: Ended): TransactionSql {
  const asking =
    <Words extends unknown[]>(ask: (...words: Words) => unknown) =>
    (...words: Words) => {
      if ('by' in ended) throw ended.by
      return noticed(ask(...words), ended)
    }
  const savepoint = tx.savepoint.bind(tx) as (...given: unknown[]) => unknown
  const own: Record<PropertyKey, unknown> = {
    unsafe: asking(tx.unsafe.bind(tx)),
    file: asking(tx.file.bind(tx)),
    savepoint: asking((...given) => {
      const work = given.pop() as Work
      return savepoint(...given, (inner: TransactionSql) =>
        unlessEnded(ended, () => work(watched(inner, ended))),
      )
    }),
  }
  const tag = asking(tx as unknown as (...words: unknown[]) => unknown)
  return new Proxy(tx, {
    apply: (_target, _self, words) => tag(...words),
    get: (target, name) => own[name] ?? Reflect.get(target, name),
  })
}

/** Listens for the end of the connection before whoever asked hears of it. Does not put the question: it may be part of another. */
function noticed(asked: unknown, ended: Ended): unknown {
  if (asked instanceof Promise) {
    Promise.prototype.then.call(asked, undefined, (error: unknown) => {
      if (endsConnection(error)) ended.by ??= error
    })
  }
  return asked
}

/** Whether the database ends the connection with this error, or the connection is gone. */
function endsConnection(error: unknown): boolean {
  const { severity, code, syscall } = error as { severity?: string; code?: string; syscall?: string }
  return (
    severity === 'FATAL' ||
    severity === 'PANIC' ||
    code?.startsWith('CONNECTION_') === true ||
    syscall !== undefined
  )
}
