/** Every page there is. A test compares this list with the files that are called `*.page.ts`. */
import { accountPage, signOutPage } from '../access/account.page.ts'
import { peoplePage, personPage } from '../access/people.page.ts'
import {
  newPersonPage,
  personLeavesPage,
  personReturnsPage,
  personRolesPage,
} from '../access/people-forms.page.ts'
import { signInAsPage, signInPage } from '../access/sign-in.page.ts'
import { welcomePage } from '../access/welcome.page.ts'
import { acceptancePage, acceptancesPage } from '../changeover/acceptances.page.ts'
import { arrangementPage } from '../changeover/arrangement.page.ts'
import { leavePage } from '../changeover/leave.page.ts'
import { moveHomePage } from '../changeover/move-home.page.ts'
import { moveSchoolPage } from '../changeover/move-school.page.ts'
import { needPage } from '../changeover/need.page.ts'
import { seatPage } from '../changeover/seat.page.ts'
import { transferYearPage } from '../changeover/transfer-year.page.ts'
import { transferPage, transferUndoPage } from '../changeover/transferred.page.ts'
import { transfersPage } from '../changeover/transfers.page.ts'
import { consentWithdrawnPage, travelEndsPage } from '../changeover/travel-ends.page.ts'
import { contractPage, contractsPage } from '../contracts/contracts.page.ts'
import { endContractPage, extendContractPage } from '../contracts/last-day.page.ts'
import { letContractPage } from '../contracts/let.page.ts'
import { decisionPage } from '../eligibility/decision.page.ts'
import { exceptionsCsvPage, exceptionsPage } from '../exceptions/exceptions.page.ts'
import { columnsPage } from '../imports/columns.page.ts'
import { exportFilePage, exportPage, templatePage, templatesPage } from '../imports/export.page.ts'
import { importsPage } from '../imports/imports.page.ts'
import { questionPage } from '../imports/question.page.ts'
import { questionsPage } from '../imports/questions.page.ts'
import { importRecordPage, importRefusedPage } from '../imports/record.page.ts'
import { importUndoPage } from '../imports/undo.page.ts'
import { uploadPage, uploadRefusedPage } from '../imports/upload.page.ts'
import { auditPage, revisionPage } from '../knowledge/audit.page.ts'
import { checkWithdrawnPage, departurePage } from '../operators/ends.page.ts'
import { checkPage, newCrewPage, newVehiclePage } from '../operators/fleet.page.ts'
import { operatorPage, operatorsPage } from '../operators/operators.page.ts'
import { newOperatorPage, operatorParticularsPage } from '../operators/register.page.ts'
import { operatorStandingPage } from '../operators/standing.page.ts'
import {
  anomaliesPage,
  anomalyAcceptedPage,
  anomalyOwnerPage,
  anomalyPage,
  anomalyResolvedPage,
  newAnomalyPage,
} from '../plans/anomalies/anomalies.page.ts'
import { baselinePage } from '../plans/baseline/baseline.page.ts'
import { changeRunPage } from '../plans/by-hand/change.page.ts'
import { planHistoryPage } from '../plans/by-hand/history.page.ts'
import { lockRunPage, unlockRunPage } from '../plans/by-hand/lock.page.ts'
import { foundPlanPage } from '../plans/found/found-plan.page.ts'
import { runOfPlanPage } from '../plans/found/run-of-plan.page.ts'
import { impactFilePage, impactPage, impactPupilsPage } from '../plans/impact/impact.page.ts'
import { phasingPage } from '../plans/phasing/phasing.page.ts'
import { pupilPlacesPage } from '../plans/place/places.page.ts'
import { repairOperatorPage, repairRoutePage } from '../plans/place/repair.page.ts'
import { planPoliciesPage, planPolicyPage } from '../plans/policy/policies.page.ts'
import { acceptPlanPage } from '../plans/real/accept.page.ts'
import { assessmentsPage, newAssessmentPage } from '../plans/real/assessment.page.ts'
import { leaveOutPage } from '../plans/real/leave-out.page.ts'
import { makePlanRealPage, takePlanBackPage } from '../plans/real/make-real.page.ts'
import { askSchoolPage, remindSchoolPage, reviewPage } from '../plans/real/review.page.ts'
import { reviewLinkPage, schoolReviewPage } from '../plans/real/school-review.page.ts'
import { scenarioPage, scenarioPeoplePage } from '../plans/scenario/scenario.page.ts'
import { scenarioChoicePage, scenarioExceptionPage } from '../plans/scenario/scenario-pupil.page.ts'
import { newScenarioPage, scenariosPage } from '../plans/scenario/scenarios.page.ts'
import { newSearchPage, searchPage } from '../plans/search/search.page.ts'
import { bringUpToDatePage } from '../plans/up-to-date/bring-up.page.ts'
import { absencePage, placementPage } from '../pupils/attendance.page.ts'
import { carerPage, contactPage, newCarerPage } from '../pupils/carer.page.ts'
import { pairingPage } from '../pupils/pairing.page.ts'
import { pupilParticularsPage } from '../pupils/particulars.page.ts'
import { pupilHistoryPage, pupilPage } from '../pupils/pupil.page.ts'
import { newPupilPage } from '../pupils/register.page.ts'
import { rollPage } from '../pupils/roll.page.ts'
import { savedViewsPage } from '../pupils/saved-views.page.ts'
import { roadsBuildPage } from '../roads/build.page.ts'
import { roadsPage } from '../roads/roads.page.ts'
import { speedRowPage, speedsPage } from '../roads/speeds.page.ts'
import { clearUnsafePage, markUnsafePage, unsafeWayPage } from '../roads/unsafe-way.page.ts'
import { unsafeWaysPage } from '../roads/unsafe-ways.page.ts'
import { runConfirmPage } from '../routes/confirm.page.ts'
import { endRoutePage, endRunPage } from '../routes/end.page.ts'
import { newRoutePage, planRunPage } from '../routes/plan.page.ts'
import { runCrewPage, runVehiclePage } from '../routes/roster.page.ts'
import { routePage, routesPage } from '../routes/routes.page.ts'
import { runSheetPage, runSheetPdfPage } from '../routes/run-sheet.page.ts'
import { bankHolidayPage } from '../schools/bank-holiday.page.ts'
import { schoolBellsPage, schoolClosurePage, schoolTermPage } from '../schools/calendar.page.ts'
import { catchmentPage } from '../schools/catchment.page.ts'
import { schoolEntrancePage } from '../schools/entrance.page.ts'
import { newSchoolPage, schoolParticularsPage } from '../schools/register.page.ts'
import { schoolPage, schoolsPage } from '../schools/schools.page.ts'
import { cohortPage, cohortsPage } from '../sitrep/cohorts.page.ts'
import { publishedFilePage, publishedListPage, publishedPage, publishPage } from '../sitrep/published.page.ts'
import { breakdownPage, reportFilePage, reportPage } from '../sitrep/report.page.ts'
import { situationPupilsPage } from '../sitrep/situation-pupils.page.ts'
import { todayPage } from '../sitrep/today.page.ts'
import { trendPage } from '../sitrep/trend.page.ts'
import { designPage } from './design.page.ts'
import type { OpenPage, Page } from './page.ts'

export const pages: readonly (Page | OpenPage)[] = [
  acceptPlanPage,
  bringUpToDatePage,
  pupilPlacesPage,
  repairOperatorPage,
  repairRoutePage,
  leaveOutPage,
  makePlanRealPage,
  takePlanBackPage,
  askSchoolPage,
  assessmentsPage,
  newAssessmentPage,
  remindSchoolPage,
  reviewLinkPage,
  reviewPage,
  schoolReviewPage,
  acceptancePage,
  acceptancesPage,
  absencePage,
  accountPage,
  carerPage,
  checkPage,
  checkWithdrawnPage,
  departurePage,
  newOperatorPage,
  operatorParticularsPage,
  contactPage,
  decisionPage,
  letContractPage,
  newCarerPage,
  newCrewPage,
  newPupilPage,
  newRoutePage,
  newVehiclePage,
  placementPage,
  newPersonPage,
  peoplePage,
  personLeavesPage,
  personPage,
  personReturnsPage,
  personRolesPage,
  planRunPage,
  bankHolidayPage,
  newSchoolPage,
  schoolEntrancePage,
  schoolParticularsPage,
  schoolBellsPage,
  schoolClosurePage,
  schoolTermPage,
  arrangementPage,
  auditPage,
  contractPage,
  contractsPage,
  endContractPage,
  endRoutePage,
  endRunPage,
  extendContractPage,
  operatorPage,
  operatorStandingPage,
  operatorsPage,
  catchmentPage,
  schoolPage,
  schoolsPage,
  designPage,
  exceptionsCsvPage,
  exceptionsPage,
  exportFilePage,
  exportPage,
  templatePage,
  templatesPage,
  importUndoPage,
  columnsPage,
  importsPage,
  questionPage,
  questionsPage,
  importRecordPage,
  importRefusedPage,
  uploadPage,
  uploadRefusedPage,
  leavePage,
  moveHomePage,
  moveSchoolPage,
  pairingPage,
  pupilParticularsPage,
  pupilHistoryPage,
  pupilPage,
  needPage,
  revisionPage,
  rollPage,
  savedViewsPage,
  roadsBuildPage,
  roadsPage,
  speedRowPage,
  speedsPage,
  clearUnsafePage,
  markUnsafePage,
  unsafeWayPage,
  unsafeWaysPage,
  routePage,
  routesPage,
  runConfirmPage,
  runCrewPage,
  runVehiclePage,
  runSheetPage,
  runSheetPdfPage,
  scenariosPage,
  newScenarioPage,
  scenarioPage,
  scenarioPeoplePage,
  scenarioChoicePage,
  scenarioExceptionPage,
  baselinePage,
  foundPlanPage,
  anomaliesPage,
  anomalyAcceptedPage,
  anomalyOwnerPage,
  anomalyPage,
  anomalyResolvedPage,
  newAnomalyPage,
  phasingPage,
  planPoliciesPage,
  planPolicyPage,
  impactFilePage,
  impactPage,
  impactPupilsPage,
  changeRunPage,
  lockRunPage,
  unlockRunPage,
  planHistoryPage,
  runOfPlanPage,
  newSearchPage,
  searchPage,
  seatPage,
  consentWithdrawnPage,
  travelEndsPage,
  transferPage,
  transferUndoPage,
  transferYearPage,
  transfersPage,
  signInAsPage,
  signInPage,
  signOutPage,
  breakdownPage,
  cohortPage,
  cohortsPage,
  trendPage,
  publishedFilePage,
  publishedListPage,
  publishedPage,
  publishPage,
  reportFilePage,
  reportPage,
  situationPupilsPage,
  todayPage,
  welcomePage,
]
