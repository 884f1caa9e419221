/** The outer edge of the command line: words in, exit code out, and the one place where a fault is caught. */
import './node-version.ts'

const { runProgram } = await import('./program.ts')

try {
  process.exitCode = await runProgram(process.argv.slice(2), {
    print: (text) => console.log(text),
    tell: (line) => console.error(line),
  })
  // The interrupted work may still be computing, for nobody.
  if (process.exitCode === 130) process.exit()
} catch (fault) {
  console.error('Firstbell met a fault of its own. Please report it with what follows.')
  console.error(fault)
  process.exitCode = 70
}
