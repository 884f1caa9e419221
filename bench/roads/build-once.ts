/** Builds one network in a process of its own, so that its memory is its own, and prints what that took as JSON. */
import { type BuildSettings, buildRoads } from '#roads'

const [extract = '', out = '', settings = ''] = process.argv.slice(2)
const before = performance.now()
const { roads } = await buildRoads(extract, out, JSON.parse(settings) as BuildSettings)
const seconds = (performance.now() - before) / 1000
console.log(JSON.stringify({ seconds, gigabytes: process.resourceUsage().maxRSS / 2 ** 20, roads }))
