import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { CannotStart, explained } from './failure.ts'

const told = (cause: unknown) => explained(cause, '/srv/firstbell').message

test.each([
  ['a full disk', 'FATAL:  could not write lock file "postmaster.pid": No space left on device'],
  ['a quota used up', 'could not extend file "base/5/16388": Disk quota exceeded'],
  ['a disk that is read only', 'EROFS: read-only file system, mkdir'],
  ['a folder of somebody else', 'initdb: error: could not access directory: Permission denied'],
])('%s is told with the folder and what to do', (_case, said) => {
  const failure = explained(new Error(said), '/srv/firstbell')

  expect(failure).toBeInstanceOf(CannotStart)
  expect(failure.message).toMatch(/\/srv\/firstbell.*choose another folder with --data\.$/i)
})

test('a program that does not run here is told apart from a folder that may not be written', () => {
  let cause: unknown
  try {
    execFileSync('/nowhere/initdb')
  } catch (thrown) {
    cause = thrown
  }

  expect(told(cause)).toContain('does not run on this machine')
})

test('what nobody foresaw stays a fault', () => {
  const fault = new Error('initdb: the moon is in the wrong house')

  expect(explained(fault, '/srv/firstbell')).toBe(fault)
})
