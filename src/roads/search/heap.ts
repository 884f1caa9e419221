/** A binary heap of nodes by key, smallest first. A node may stand in it twice; whoever takes it out knows if it is stale. */
export class Heap {
  size = 0
  #keys = new Float64Array(256)
  #nodes = new Int32Array(256)

  clear(): void {
    this.size = 0
  }

  push(key: number, node: number): void {
    if (this.size === this.#keys.length) this.#grow()
    const keys = this.#keys
    const nodes = this.#nodes
    let at = this.size++
    while (at > 0) {
      const above = (at - 1) >> 1
      if (keys[above] <= key) break
      keys[at] = keys[above]
      nodes[at] = nodes[above]
      at = above
    }
    keys[at] = key
    nodes[at] = node
  }

  /** The smallest key; Infinity when empty. */
  leastKey(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.#keys[0]
  }

  leastNode(): number {
    return this.#nodes[0]
  }

  /** Takes the smallest away. */
  drop(): void {
    const keys = this.#keys
    const nodes = this.#nodes
    const size = --this.size
    if (size === 0) return
    const key = keys[size]
    const node = nodes[size]
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) child++
      if (keys[child] >= key) break
      keys[at] = keys[child]
      nodes[at] = nodes[child]
      at = child
    }
    keys[at] = key
    nodes[at] = node
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2)
    keys.set(this.#keys)
    const nodes = new Int32Array(keys.length)
    nodes.set(this.#nodes)
    this.#keys = keys
    this.#nodes = nodes
  }
}
