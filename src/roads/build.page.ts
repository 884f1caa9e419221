/** Asks for a network of roads: of an extract that is sent, or of one that is on the machine already. */
import { extractNamed, extractsIn, type KeptExtract, keepExtract } from '#adapters/roads/extracts.ts'
import { askForBuild, lastBuilds, queueBuild } from '#distances/road-build-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import { type Page, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'

export const builders = ['transport-officer', 'manager', 'administrator'] as const

const MOST_MEGABYTES = 200

export const roadsBuildPage: Page = {
  path: paths.roadsBuild,
  allow: builders,
  change: builders,
  upload: { atMostBytes: MOST_MEGABYTES * 1024 * 1024 },

  get: (visit) => formReply(visit, []),

  async post(visit) {
    const { sql, folder, person, now } = visit
    const [last] = await lastBuilds(sql, 1)
    if (last && last.endedAt === null)
      return formReply(visit, [
        fieldError('extract', `A network of ${last.extract} is being built. Wait until it is done`),
      ])
    const chosen = await chosenExtract(visit)
    if ('text' in chosen) return formReply(visit, [chosen])
    if (chosen.bytes && folder !== undefined)
      await keepExtract(folder, { name: chosen.name, bytes: chosen.bytes })
    await queueBuild(sql, await askForBuild(sql, { extract: chosen.name, by: person.id, at: now }))
    return redirect(
      paths.roads,
      `A network of ${chosen.name} is asked for. It is put into use when it is whole.`,
    )
  },
}

type Chosen = { name: string; bytes?: Uint8Array }

/** What was sent, else what was chosen; or what is wrong with it. */
async function chosenExtract({ files, form, folder }: Visit): Promise<Chosen | FieldError> {
  const [sent] = files.filter(({ filename }) => filename !== '')
  if (sent) {
    const name = extractNamed(sent.filename)
    if (name === undefined)
      return fieldError('file', `${sent.filename} is not an OpenStreetMap extract. Its name ends in .osm.pbf`)
    if (sent.bytes.length === 0)
      return fieldError('file', `${sent.filename} is empty: it has 0 bytes. Download it again`)
    return { name, bytes: sent.bytes }
  }
  const kept = folder === undefined ? [] : await extractsIn(folder)
  const name = form['extract'] ?? ''
  if (kept.some((one) => one.name === name)) return { name }
  return fieldError(kept.length > 0 ? 'extract' : 'file', 'Choose an extract, or send one')
}

async function formReply(visit: Visit, errors: readonly FieldError[]) {
  const kept = visit.folder === undefined ? [] : await extractsIn(visit.folder)
  const view = {
    title: 'Build a network of roads',
    back: paths.roads,
    errors,
    most: MOST_MEGABYTES,
    chosen: visit.form['extract'] ?? '',
    kept: kept.map(choiceOf),
  }
  return (errors.length > 0 ? showAgain : show)('roads/build.njk', view)
}

const choiceOf = ({ name, bytes }: KeptExtract) => ({
  value: name,
  text: name,
  hint: {
    text: bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.round(bytes / 1024 / 1024)} MB`,
  },
})
