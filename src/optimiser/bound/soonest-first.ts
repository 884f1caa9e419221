/** Numbers waiting, the one with the soonest time to come out first (a binary heap, Williams 1964). */
export class SoonestFirst {
  private readonly waiting: number[] = []
  private readonly times: number[] = []

  get size(): number {
    return this.waiting.length
  }

  add(one: number, time: number): void {
    const { waiting, times } = this
    let at = waiting.push(one) - 1
    times.push(time)
    for (let above = (at - 1) >> 1; at > 0 && times[above] > time; above = (at - 1) >> 1) {
      this.swap(at, above)
      at = above
    }
  }

  /** Takes the soonest out. Only where there is one. */
  take(): number {
    const { waiting, times } = this
    const last = waiting.length - 1
    this.swap(0, last)
    const soonest = waiting[last]
    waiting.pop()
    times.pop()
    for (let at = 0; ; ) {
      let sooner = 2 * at + 1
      if (sooner >= last) return soonest
      if (sooner + 1 < last && times[sooner + 1] < times[sooner]) sooner++
      if (times[at] <= times[sooner]) return soonest
      this.swap(at, sooner)
      at = sooner
    }
  }

  private swap(a: number, b: number): void {
    const { waiting, times } = this
    const [one, time] = [waiting[a], times[a]]
    waiting[a] = waiting[b]
    times[a] = times[b]
    waiting[b] = one
    times[b] = time
  }
}
