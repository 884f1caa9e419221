/** Every command there is. A test compares this list with the files that are called `*.command.ts`. */
import {
  accountCloseCommand,
  accountLinkCommand,
  accountListCommand,
  accountOpenCommand,
} from '../access/account.command.ts'
import { councilCommand } from '../access/council.command.ts'
import { roadsMeasureCommand } from '../distances/roads-measure.command.ts'
import { exceptionsCommand } from '../exceptions/exceptions.command.ts'
import { exportCommand } from '../imports/export.command.ts'
import { importCommand } from '../imports/import.command.ts'
import { planAnomaliesCommand } from '../plans/anomalies/anomalies.command.ts'
import { planRunCommand, planShowCommand } from '../plans/found/found-plan.command.ts'
import { planImpactCommand } from '../plans/impact/impact.command.ts'
import { planPhasingCommand } from '../plans/phasing/phasing.command.ts'
import { planPlaceCommand } from '../plans/place/place.command.ts'
import { planRepairCommand } from '../plans/place/repair.command.ts'
import { planPoliciesCommand, planPolicyCommand } from '../plans/policy/policies.command.ts'
import {
  planAcceptCommand,
  planMakeRealCommand,
  planTakeBackCommand,
} from '../plans/real/going-forward.command.ts'
import { planReviewsCommand } from '../plans/real/reviews.command.ts'
import {
  planChooseCommand,
  planExceptCommand,
  planFreezeCommand,
  planListCommand,
  planNewCommand,
} from '../plans/scenario/plan.command.ts'
import { mapCommand } from '../roads/map.command.ts'
import { roadsAskCommand } from '../roads/roads-ask.command.ts'
import { roadsBuildCommand } from '../roads/roads-build.command.ts'
import { roadsSpeedsCommand } from '../roads/roads-speeds.command.ts'
import { cohortFreezeCommand, cohortListCommand, cohortPlanCommand } from '../sitrep/cohort.command.ts'
import { sitrepCheckCommand, sitrepCommand, sitrepPublishCommand } from '../sitrep/sitrep.command.ts'
import { westmarchCommand } from '../westmarch/westmarch.command.ts'
import { westmarchExtractCommand } from '../westmarch/westmarch-extract.command.ts'
import type { Command } from './command.ts'

export const commands: readonly Command[] = [
  accountCloseCommand,
  accountLinkCommand,
  accountListCommand,
  accountOpenCommand,
  cohortFreezeCommand,
  cohortListCommand,
  cohortPlanCommand,
  councilCommand,
  exceptionsCommand,
  exportCommand,
  importCommand,
  mapCommand,
  planAnomaliesCommand,
  planAcceptCommand,
  planChooseCommand,
  planExceptCommand,
  planFreezeCommand,
  planImpactCommand,
  planListCommand,
  planMakeRealCommand,
  planNewCommand,
  planPlaceCommand,
  planRepairCommand,
  planReviewsCommand,
  planPhasingCommand,
  planPoliciesCommand,
  planPolicyCommand,
  planRunCommand,
  planShowCommand,
  planTakeBackCommand,
  roadsAskCommand,
  roadsBuildCommand,
  roadsMeasureCommand,
  roadsSpeedsCommand,
  sitrepCommand,
  sitrepCheckCommand,
  sitrepPublishCommand,
  westmarchCommand,
  westmarchExtractCommand,
]
