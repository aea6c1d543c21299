export interface Runner {
  /** Runs it soon; resolves when it is accepted, later when too much is waiting. */
  offer(id: number): Promise<void>
  /** Takes nothing more and drops what only waits (its rows stay); resolves when what runs has ended. */
  stop(): Promise<void>
}

const mostWaiting = 500

/** Runs ids with a limit on how many at once; an id that waits already is not added twice. */
export function createRunner(concurrency: number, run: (id: number) => Promise<void>): Runner {
  const waiting = new Set<number>()
  let running = 0
  let stopped = false
  let changed = Promise.withResolvers<void>()

  const pump = () => {
    for (const id of waiting) {
      if (running >= concurrency || stopped) break
      waiting.delete(id)
      running += 1
      void run(id).finally(() => {
        running -= 1
        changed.resolve()
        changed = Promise.withResolvers<void>()
        pump()
      })
    }
  }
  return {
    offer: async (id) => {
      while (waiting.size >= mostWaiting && !stopped) await changed.promise
      if (stopped) return
      waiting.add(id)
      pump()
    },
    stop: async () => {
      stopped = true
      waiting.clear()
      while (running > 0) await changed.promise
    },
  }
}
