export type Turns = <R>(run: () => Promise<R>) => Promise<R>

/** At most `limit` at a time, first come first served. */
export function createTurns(limit: number): Turns {
  let free = limit
  const waiting: (() => void)[] = []
  return async (run) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
