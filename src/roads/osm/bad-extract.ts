/** An extract that cannot be made into roads. Its message is a sentence for whoever gave the file. */
export class BadExtract extends Error {
  override readonly name = 'BadExtract'
}
