/** `firstbell roads speeds`: prints the table of speeds, to be changed and given back to `roads build --speeds`. */
import { type Command, report } from '#cli/command.ts'
import { UK_SPEEDS } from './network/speed-table.ts'

export const roadsSpeedsCommand: Command = {
  name: 'roads speeds',
  summary: 'print the table of speeds, to change and give to roads build --speeds',
  run: async () => report(JSON.stringify(UK_SPEEDS, null, 2), UK_SPEEDS),
}
