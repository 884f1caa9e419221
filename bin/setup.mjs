// Installs what is missing. Runs on any Node 20 or later, before anything is installed, so: plain JavaScript,
// Node's own modules alone.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const stamp = join(root, 'node_modules/.firstbell-installed')
const lock = join(root, '.firstbell/installing')
const onWindows = process.platform === 'win32'
const carried = join(root, 'node_modules/.bin', onWindows ? 'node.cmd' : 'node')

/** Installs the packages of package-lock.json unless they are there. Says so, and stops the program on failure. */
export function install() {
  const wanted = createHash('sha256')
    .update(read('package-lock.json'))
    .update(read('package.json'))
    .digest('hex')
  if (isInstalled(wanted)) return
  const release = holdAlone()
  try {
    if (isInstalled(wanted)) return
    if (!everythingIsThere()) {
      console.log('Installing what Firstbell is built on (once, about a minute)…')
      npm(existsSync(join(root, 'node_modules')) ? 'install' : 'ci')
    }
    mustRun()
    writeFileSync(stamp, wanted)
  } finally {
    release()
  }
}

const isInstalled = (wanted) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted

/** Two that start at once would install over one another: the second waits, unless the first is dead. */
function holdAlone() {
  mkdirSync(dirname(lock), { recursive: true })
  for (let tries = 0; !tryHold(); tries++) {
    const holder = existsSync(lock) ? readFileSync(lock, 'utf8') : ''
    if (holder && !isAlive(Number(holder))) rmSync(lock, { force: true })
    else if (tries === 0) console.log('Waiting for another start to install what Firstbell is built on…')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  return release
}

function tryHold() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (cause) {
    if (cause.code === 'EEXIST') return false
    throw cause
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause.code === 'EPERM'
  }
}

/** The Node that came along is built for the C library most systems have; where it does not run, ours must do. */
function mustRun() {
  if (!existsSync(carried) || spawnSync(carried, ['--version'], { shell: onWindows }).status === 0) return
  if (Number(process.versions.node.split('.')[0]) >= 26) return rmSync(carried)
  console.error(
    `The Node 26 that comes with Firstbell does not run on this machine (${process.platform} ${process.arch}; perhaps it has another C library). Install Node 26 and try again.`,
  )
  process.exit(1)
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
    shell: onWindows && program === 'npm',
  })
  if (status === 0) return
  console.error(
    `Firstbell could not install what it is built on (npm ${verb} ${error ? error.message : `ended with ${status}`}). Check that this machine reaches the npm registry, then try again.`,
  )
  process.exit(1)
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) install()
