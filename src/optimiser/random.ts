/** Chance from a seed, so that a plan can be made again (Bob Jenkins's small fast counter, 32 bits). */
export class Random {
  private a = 0xf1ea5eed
  private b: number
  private c: number
  private d: number

  constructor(seed: number) {
    this.b = this.c = this.d = seed | 0
    for (let i = 0; i < 20; i++) this.bits()
  }

  private bits(): number {
    const e = (this.a - ((this.b << 27) | (this.b >>> 5))) | 0
    this.a = this.b ^ ((this.c << 17) | (this.c >>> 15))
    this.b = (this.c + this.d) | 0
    this.c = (this.d + e) | 0
    this.d = (e + this.a) | 0
    return this.d >>> 0
  }

  /** From 0 up to, never reaching, 1. */
  share(): number {
    return this.bits() / 4294967296
  }

  /** A whole number from 0 up to, never reaching, `n`. */
  below(n: number): number {
    return Math.floor((this.bits() / 4294967296) * n)
  }
}

/** Puts the first `n` of `list` in an order of chance. */
export function shuffle(list: Int32Array, n: number, random: Random): void {
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const kept = list[i]
    list[i] = list[j]
    list[j] = kept
  }
}
