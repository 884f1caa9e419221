import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { jobs } from '#worker/jobs.ts'
import { commands } from './commands.ts'

const exportedBy = async (pattern: string, ending: string) => {
  const files = globSync(pattern).map((file) => import(resolve(file)) as Promise<Record<string, unknown>>)
  return (await Promise.all(files))
    .flatMap((file) => Object.entries(file))
    .filter(([name]) => name.endsWith(ending))
    .map(([, exported]) => exported)
}

test('every command that was written can be given', async () => {
  const written = await exportedBy('src/**/*.command.ts', 'Command')

  expect(new Set(commands)).toEqual(new Set(written))
})

test('every job that was written is worked on', async () => {
  const written = await exportedBy('src/**/*.job.ts', 'Job')

  expect(new Set(jobs)).toEqual(new Set(written))
})
