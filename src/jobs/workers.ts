import { createLoop, type Loop, type LoopOptions, type LoopOutcome } from './loop.ts'

export interface WorkersOptions extends Omit<LoopOptions, 'run'> {
  count: number
  /** `more`: there is more than this worker can do at once, so an idle one helps. */
  run(worker: number): Promise<LoopOutcome>
}

/**
 * Several loops over one queue. A wake-up starts one idle worker only: the others would find nothing and pay for
 * looking. Busy ones look again when they are done, because what arrived may have been waiting for what they did.
 */
export function createWorkers({ count, run, lanes, ...options }: WorkersOptions): Loop {
  const busy = new Set<Loop>()
  let unsubscribe: (() => void)[] = []
  const startIdle = () => loops.find((loop) => !busy.has(loop))?.nudge()
  const loops: Loop[] = Array.from({ length: count }, (_, worker) => {
    const loop: Loop = createLoop({
      ...options,
      lanes: [],
      run: async () => {
        busy.add(loop)
        try {
          const outcome = await run(worker)
          if (outcome === 'more') startIdle()
          return outcome
        } finally {
          busy.delete(loop)
        }
      },
    })
    return loop
  })
  const nudge = () => {
    for (const loop of busy) loop.nudge()
    startIdle()
  }
  return {
    nudge,
    start: () => {
      unsubscribe = lanes.map((lane) => options.wakeups.on(lane, nudge))
      for (const loop of loops) loop.start()
    },
    stop: async () => {
      for (const off of unsubscribe) off()
      unsubscribe = []
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}
