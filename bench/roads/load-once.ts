/** Loads one road file in a process that has loaded none yet, and prints what that took as JSON. */
import { RoadMap } from '../../src/roads/answers/road-map.ts'

const [file = ''] = process.argv.slice(2)
const before = performance.now()
const { report } = new RoadMap(file)
console.log(JSON.stringify({ ms: performance.now() - before, network: report.network }))
