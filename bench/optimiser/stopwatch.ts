/** How long a run of the search has taken, asked by it thousands of times a second. */

/** To ask how long processors have worked takes longer than a small round does: it is asked once in so many milliseconds. */
const ASK_EVERY = 2

/** Gives the seconds since it was called: by the clock, or those in which a processor worked, all threads together. */
export function stopwatch(isProcessorTime: boolean): () => number {
  const began = performance.now()
  if (!isProcessorTime) return () => (performance.now() - began) / 1000
  const started = process.cpuUsage()
  let asked = began
  let seconds = 0
  return () => {
    const now = performance.now()
    if (now < asked + ASK_EVERY) return seconds
    asked = now
    const { user, system } = process.cpuUsage(started)
    seconds = (user + system) / 1e6
    return seconds
  }
}
