/** Every job there is. A test compares this list with the files that are called `*.job.ts`. */
import { measureDistancesJob } from '../distances/measure-distances.job.ts'
import { lookForAreaJob } from '../plans/search/look-for-area.job.ts'
import { carryOnSearchesJob, lookForPlanJob } from '../plans/search/look-for-plan.job.ts'
import { buildRoadsJob } from '../roads/build-roads.job.ts'
import { checkPublishedJob } from '../sitrep/check-published.job.ts'
import { countMorningsJob } from '../sitrep/count-mornings.job.ts'
import type { Job } from './job.ts'

export const jobs: readonly Job[] = [
  buildRoadsJob,
  carryOnSearchesJob,
  checkPublishedJob,
  countMorningsJob,
  lookForAreaJob,
  lookForPlanJob,
  measureDistancesJob,
]
