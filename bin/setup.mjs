// Installs what is missing. Runs on any Node 20 or later, before anything is installed, so: plain JavaScript,
// Node's own modules alone.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const stamp = join(root, 'node_modules/.firstbell-installed')

/** Installs the packages of package-lock.json unless they are there. Says so, and stops the program on failure. */
export function install() {
  const wanted = createHash('sha256')
    .update(read('package-lock.json'))
    .update(read('package.json'))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  if (!everythingIsThere()) {
    console.log('Installing what Firstbell is built on (once, about a minute)…')
    npm(existsSync(join(root, 'node_modules')) ? 'install' : 'ci')
  }
  writeFileSync(stamp, wanted)
}

const read = (name) => readFileSync(join(root, name), 'utf8')

/** Somebody may have run npm by hand: what it says it installed is compared with what is asked for. */
function everythingIsThere() {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const there = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(JSON.parse(read('package-lock.json')).packages).every(
    ([path, wanted]) =>
      path === '' ||
      there[path]?.version === wanted.version ||
      (wanted.optional && !isForThisMachine(wanted)),
  )
}

/** Which of two C libraries a Linux has is npm's to find out; a package for one of them may rightly be absent. */
const isForThisMachine = ({ os, cpu, libc }) =>
  os?.includes(process.platform) === true && cpu?.includes(process.arch) === true && libc === undefined

function npm(verb) {
  const words = [verb, '--ignore-scripts', '--include=optional', '--include=dev', '--loglevel=error']
  if (verb === 'install') words.push('--no-save')
  const script = process.env.npm_execpath
  // Not the Node that npm is about to replace.
  const [program, before] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []]
  const { status, error } = spawnSync(program, [...before, ...words], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && program === 'npm',
  })
  if (status === 0) return
  console.error(
    `Firstbell could not install what it is built on (npm ${verb} ${error ? error.message : `ended with ${status}`}). Check that this machine reaches the npm registry, then try again.`,
  )
  process.exit(1)
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) install()
