// Runs a TypeScript file of this project on the Node that came with it, whatever Node began:
//   node bin/run.mjs src/cli/main.ts start
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { install } from './setup.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const carried = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
/** What TypeScript became the last time, so that only what has changed is read anew. */
const compiled = join(root, 'node_modules/.cache/firstbell')
const [file = 'src/cli/main.ts', ...words] = process.argv.slice(2)

install()
if (Number(process.versions.node.split('.')[0]) >= 26) {
  const path = resolve(root, file)
  process.argv.splice(1, 2, path)
  modules.enableCompileCache(compiled)
  await import(pathToFileURL(path).href)
} else if (existsSync(carried)) {
  onCarriedNode()
} else {
  console.error(
    `Firstbell needs Node 26 and this is ${process.version}; none came with it for ${process.platform} ${process.arch}. Install Node 26 from nodejs.org and try again.`,
  )
  process.exitCode = 1
}

function onCarriedNode() {
  const child = spawn(carried, [resolve(root, file), ...words], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
    shell: process.platform === 'win32',
  })
  // The terminal sends Ctrl-C to both; anything else reaches only this one.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  child.on('error', (cause) => {
    console.error(`The Node 26 that comes with Firstbell does not run on this machine: ${cause.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}
