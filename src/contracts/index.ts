export { type Ending, type Extension, proposeExtension } from './extension.ts'
