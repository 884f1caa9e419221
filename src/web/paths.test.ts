import { expect, test } from 'vitest'
import { paths } from './paths.ts'

test('the URLs of the product: a bookmark is a promise', () => {
  const written = Object.entries(paths).map(([name, path]) =>
    typeof path === 'string' ? `${name} ${path}` : `${name} ${(path as (id: number) => string)(7)}`,
  )
  expect(written.join('\n')).toMatchInlineSnapshot(`
    "today /
    situationPupils /situation/pupils
    report /situation/report
    reportFile /situation/report/7
    breakdown /situation/by/7
    trend /situation/trend
    cohorts /situation/cohorts
    cohort /situation/cohorts/7
    publish /situation/publish
    publishedReports /situation/published
    publishedReport /situation/published/7
    publishedFile /situation/published/7/json
    signIn /sign-in
    signInAs /sign-in/as
    signOut /sign-out
    account /account
    design /design
    pupils /pupils
    pupilViews /pupils/views
    pupil /pupils/7
    pupilLeaves /pupils/7/leave
    pupilMovesHome /pupils/7/move-home
    pupilMovesSchool /pupils/7/move-school
    pupilNeed /pupils/7/need
    pupilSeat /pupils/7/seat
    pupilArrangement /pupils/7/arrangement
    newPupil /pupils/new
    pupilDecision /pupils/7/eligibility
    pupilPlacement /pupils/7/placement
    pupilAbsence /pupils/7/absence
    pupilPairing /pupils/7/pairing
    newCarer /pupils/7/carers/new
    carer /pupils/7/carers/undefined
    carerContact /pupils/7/carers/undefined/contact
    schools /schools
    school /schools/7
    schoolClosure /schools/7/closure
    schoolBells /schools/7/bells
    schoolTerm /schools/7/term
    operators /operators
    operator /operators/7
    operatorStanding /operators/7/standing
    operatorCheck /operators/7/check
    operatorCrew /operators/7/crew
    operatorVehicles /operators/7/vehicles
    contracts /contracts
    letContract /contracts/new
    contractRoute /contracts/7/route
    contract /contracts/7
    contractEnds /contracts/7/end
    contractRunsOn /contracts/7/extend
    routes /routes
    route /routes/7
    routeEnds /routes/7/end
    runEnds /runs/7/end
    runCrew /runs/7/crew
    runVehicle /runs/7/vehicle
    runSheet /runs/7/sheet
    runSheetPdf /runs/7/sheet.pdf
    runPlan /runs/7/plan
    runConfirm /runs/7/confirm
    plans /plans
    newPlan /plans/new
    scenario /plans/7
    scenarioPeople /plans/7/people
    scenarioChoice /plans/7/pupils/undefined
    scenarioException /plans/7/pupils/undefined/exception
    scenarioBaseline /plans/7/baseline
    foundPlan /plans/7/found/undefined
    acceptances /acceptances
    acceptance /acceptances/7
    exceptions /exceptions
    exceptionsCsv /exceptions.csv
    imports /imports
    importRecord /imports/7
    importRefused /imports/7/refused
    importUndo /imports/7/undo
    importQuestions /imports/questions
    importQuestion /imports/questions/7
    templates /imports/templates
    template /imports/templates/7
    exportFiles /imports/export
    exportFile /imports/export/7
    upload /imports/uploads/7
    uploadColumns /imports/uploads/7/columns
    uploadRefused /imports/uploads/7/refused
    roads /roads
    roadsBuild /roads/build
    speeds /roads/speeds
    speedRow /roads/speeds/7
    audit /audit
    revision /audit/7"
  `)
})
