/** Things that happen in the code under test, to be awaited one after the other. */
export interface Gate<T> {
  pass(value: T): void
  /** The next thing nobody has awaited yet. */
  next(): Promise<T>
  /** All of them, awaited or not. */
  readonly passed: readonly T[]
}

export function createGate<T>(): Gate<T> {
  const passed: T[] = []
  const unread: T[] = []
  const waiting: ((value: T) => void)[] = []
  return {
    passed,
    pass: (value) => {
      passed.push(value)
      const waiter = waiting.shift()
      if (waiter === undefined) unread.push(value)
      else waiter(value)
    },
    next: () =>
      new Promise((resolve) => {
        if (unread.length === 0) waiting.push(resolve)
        else resolve(unread.shift() as T)
      }),
  }
}
