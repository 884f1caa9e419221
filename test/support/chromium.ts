import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
]
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The Chromium browser tests use: the one CHROMIUM names, else the machine's, else the one playwright downloaded.
 * Nothing when there is none; `npm test` then installs one.
 */
export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM']
  if (named) return named
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...elsewhere, downloaded()].find((path) => existsSync(path) && runs(path))
}

const downloaded = () => {
  try {
    return chromium.executablePath()
  } catch {
    return ''
  }
}

/** Some systems put a script of this name that only says how to install the real one. */
const runs = (path: string) =>
  path.endsWith('.exe') || spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0

/** Installs a Chromium by the means the machine has, and says in a sentence why it could not. */
export function installChromium(say: (line: string) => void): { path: string } | { sentence: string } {
  const there = chromiumPath()
  if (there) return { path: there }
  const root = process.getuid?.() === 0
  if (root && has('apt-get')) {
    say('No Chromium on this machine: installing the one of Debian…')
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
  }
  if (!chromiumPath()) {
    say('No Chromium on this machine: letting playwright download one…')
    const words = [
      'node_modules/playwright-core/cli.js',
      'install',
      ...(root ? ['--with-deps'] : []),
      'chromium',
    ]
    run(process.execPath, words)
  }
  const path = chromiumPath()
  if (path) return { path }
  return {
    sentence:
      'The browser tests need Chromium: there is none on this machine and none could be installed. Install it, or name one with CHROMIUM=/path/to/chromium.',
  }
}

const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

const run = (program: string, words: string[]) =>
  spawnSync(program, words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
