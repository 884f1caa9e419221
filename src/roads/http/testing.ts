/** A road server for tests that has troubles: what it answers is for the kind of server to say. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type FakeServer = {
  readonly url: string
  /** What it was asked, in order. */
  readonly asked: string[]
  /** The next questions get these instead of an answer: a status, 'silence', or after all an answer. */
  readonly troubles: (number | 'silence' | 'an-answer')[]
  close(): Promise<void>
}

export type FakeAnswer = { status: number; answer: unknown }

/** Serves what `answerTo` says to the path and body of each question. */
export async function fakeServer(
  answerTo: (path: string, body: string) => Promise<FakeAnswer>,
): Promise<FakeServer> {
  const asked: string[] = []
  const troubles: FakeServer['troubles'] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(request.url ?? '')
    const trouble = troubles.shift()
    if (trouble === 'silence') return
    if (typeof trouble === 'number') response.writeHead(trouble).end('Bad Gateway')
    else
      void bodyOf(request)
        .then((body) => answerTo(request.url ?? '', body))
        .then(({ status, answer }) => response.writeHead(status).end(JSON.stringify(answer)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    troubles,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
