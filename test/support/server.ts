import { type Embedded, startEmbedded, stopEmbedded } from '#adapters/postgres/embedded.ts'

/** The server tests use: the one named by TEST_DATABASE_SERVER, else this checkout's own, fast and forgetful. */
const folder = '.firstbell/test'
const named = process.env['TEST_DATABASE_SERVER']

export type TestServer = { urlOf: (database: string) => string; leave: () => void }

export async function testServer(): Promise<TestServer> {
  if (named !== undefined) return { urlOf: at(named), leave: () => {} }
  const embedded: Embedded = await startEmbedded({ folder, database: 'postgres', durable: false })
  return { urlOf: at(embedded.url), leave: embedded.leave }
}

const at = (server: string) => (database: string) => {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

/** Once all tests are over. A run that goes on beside this one keeps the server. */
export async function teardown(): Promise<void> {
  if (named === undefined) await stopEmbedded(folder)
}
