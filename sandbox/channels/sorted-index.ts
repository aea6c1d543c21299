/**
 * Items in ascending order of a changing time, for windows over many thousands of them: a window is two binary
 * searches, a moved item two binary searches and one memory move.
 */
export class SortedIndex<T> {
  readonly items: T[]
  readonly #key: (item: T) => number
  readonly #id: (item: T) => string

  constructor(items: Iterable<T>, key: (item: T) => number, id: (item: T) => string) {
    this.#key = key
    this.#id = id
    this.items = [...items].sort((a, b) => this.#compare(a, b))
  }

  insert(item: T): void {
    this.items.splice(this.#position(this.#key(item), this.#id(item)), 0, item)
  }

  /** Many at once: one sort instead of one move per item. */
  insertAll(items: readonly T[]): void {
    for (const item of items) this.items.push(item)
    this.items.sort((a, b) => this.#compare(a, b))
  }

  /** Changes the item's key through `change` and keeps the order. */
  move(item: T, change: () => void): void {
    const at = this.#position(this.#key(item), this.#id(item))
    if (this.items[at] === item) this.items.splice(at, 1)
    change()
    this.insert(item)
  }

  /** Positions [from, to) of the items whose key is within [low, high]. */
  window(low: number, high: number): { from: number; to: number } {
    const from = this.#position(low, '')
    return { from, to: Math.max(from, this.#position(high + 1, '')) }
  }

  #position(key: number, id: string): number {
    let low = 0
    let high = this.items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const item = this.items[middle]
      if (item !== undefined && this.#before(item, key, id)) low = middle + 1
      else high = middle
    }
    return low
  }

  #before(item: T, key: number, id: string): boolean {
    const own = this.#key(item)
    return own < key || (own === key && this.#id(item) < id)
  }

  #compare(a: T, b: T): number {
    return this.#key(a) - this.#key(b) || (this.#id(a) < this.#id(b) ? -1 : 1)
  }
}
