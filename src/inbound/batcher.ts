/** Gathers single items into batches without adding a delay: while batches are in flight, newcomers wait together. */
export interface Batcher<I, R> {
  /** Resolves with the result of each item, in order. Rejects when the batch of any of them failed. */
  add(items: readonly I[]): Promise<R[]>
  /** Items not settled yet. */
  size(): number
}

export interface BatcherOptions<I, R> {
  /** Most items in one batch. */
  maxItems: number
  /** Most batches in flight. */
  maxBatches: number
  /** One result per item, in order. */
  run(items: I[]): Promise<R[]>
}

interface Waiting<I, R> {
  item: I
  resolve(result: R): void
  reject(error: unknown): void
}

export function createBatcher<I, R>(options: BatcherOptions<I, R>): Batcher<I, R> {
  const waiting: Waiting<I, R>[] = []
  let inFlight = 0
  let unsettled = 0

  const settle = async (batch: Waiting<I, R>[]): Promise<void> => {
    try {
      const results = await options.run(batch.map((entry) => entry.item))
      batch.forEach((entry, i) => {
        entry.resolve(results[i] as R)
      })
    } catch (error) {
      for (const entry of batch) entry.reject(error)
    } finally {
      inFlight -= 1
      unsettled -= batch.length
      next()
    }
  }
  const next = () => {
    while (inFlight < options.maxBatches && waiting.length > 0) {
      inFlight += 1
      void settle(waiting.splice(0, options.maxItems))
    }
  }
  return {
    size: () => unsettled,
    add: async (items) => {
      const results = items.map(
        (item) => new Promise<R>((resolve, reject) => waiting.push({ item, resolve, reject })),
      )
      unsettled += items.length
      next()
      return await Promise.all(results)
    },
  }
}
