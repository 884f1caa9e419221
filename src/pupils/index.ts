export {
  type MissingAnswer,
  missingAnswers,
  needColumns,
  type Question,
  type TravelNeedForm,
  travelNeedForm,
} from './need-form.ts'
