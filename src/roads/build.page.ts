/** Asks for a network of roads: of an extract that is sent, or of one that is on the machine already. */
import { extractNamed, extractsIn, type KeptExtract, moveExtract } from '#adapters/roads/extracts.ts'
import { givenUpBefore, isUnderWay, NEVER_FINISHED } from '#distances'
import { askForBuild, giveUpBuild, lastBuilds, queueBuild } from '#distances/road-build-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import { type FileOnDisk, type Page, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'

export const builders = ['transport-officer', 'manager', 'administrator'] as const

/** More than all of Great Britain takes. */
const MOST_GIGABYTES = 4

export const roadsBuildPage: Page = {
  path: paths.roadsBuild,
  allow: builders,
  change: builders,
  upload: { atMostBytes: MOST_GIGABYTES * 1024 ** 3, onDisk: true },

  get: (visit) => formReply(visit, []),

  async post(visit) {
    const { sql, folder, person, now } = visit
    const [last] = await lastBuilds(sql, 1)
    if (last && isUnderWay(last, now))
      return formReply(visit, [
        fieldError('extract', `A network of ${last.extract} is being built. Wait until it is done`),
      ])
    const chosen = await chosenExtract(visit)
    if ('text' in chosen) return formReply(visit, [chosen])
    if (last && last.endedAt === null)
      await giveUpBuild(sql, last.id, { sentence: NEVER_FINISHED, at: now, since: givenUpBefore(now) })
    const { name, from } = chosen
    if (from !== undefined && folder !== undefined) await moveExtract(folder, { name, from })
    await queueBuild(sql, await askForBuild(sql, { extract: name, by: person.id, at: now }))
    return redirect(paths.roads, `A network of ${name} is asked for. It is put into use when it is whole.`)
  },
}

/** An extract by its name; one that was sent lies elsewhere still. */
type Chosen = { name: string; from?: string }

/** What was sent, else what was chosen; or what is wrong with it. */
async function chosenExtract({ filesOnDisk, form, folder }: Visit): Promise<Chosen | FieldError> {
  const [sent] = filesOnDisk.filter(({ filename }) => filename !== '')
  if (sent) return sentExtract(sent)
  const kept = folder === undefined ? [] : await extractsIn(folder)
  const name = form['extract'] ?? ''
  if (kept.some((one) => one.name === name)) return { name }
  return fieldError(kept.length > 0 ? 'extract' : 'file', 'Choose an extract, or send one')
}

function sentExtract({ filename, bytes, isWhole, path }: FileOnDisk): Chosen | FieldError {
  const name = extractNamed(filename)
  if (name === undefined)
    return fieldError('file', `${filename} is not an OpenStreetMap extract. Its name ends in .osm.pbf`)
  if (!isWhole)
    return fieldError(
      'file',
      `${filename} has more than ${MOST_GIGABYTES} GB. Send an extract of the county, not of the country`,
    )
  if (bytes === 0) return fieldError('file', `${filename} is empty: it has 0 bytes. Download it again`)
  return { name, from: path }
}

async function formReply(visit: Visit, errors: readonly FieldError[]) {
  const kept = visit.folder === undefined ? [] : await extractsIn(visit.folder)
  const view = {
    title: 'Build a network of roads',
    back: paths.roads,
    errors,
    most: MOST_GIGABYTES,
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
