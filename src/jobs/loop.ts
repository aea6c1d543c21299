/** `more`: run again at once; `idle`: wait for a wake-up or the poll; `waitMs`: the next thing is due then. */
export type LoopOutcome = 'more' | 'idle' | { waitMs: number }

export interface LoopOptions {
  name: string
  /** Lanes whose wake-ups start a run. */
  lanes: readonly string[]
  wakeups: { on(lane: string, fn: () => void): () => void }
  /** Longest pause between two runs: covers wake-ups that were lost. */
  pollMs: number
  run(): Promise<LoopOutcome>
  /** Told of every failed run; the loop goes on after a pause that grows from 1 s to 30 s. */
  onError(error: unknown, name: string): void
  random?: () => number
}

export interface Loop {
  /** After a `stop`, only once that has resolved. */
  start(): void
  /** No further run; resolves when the current one has ended. */
  stop(): Promise<void>
  /** Run now, or once more after the current run. */
  nudge(): void
}

/** The one way the product drains anything: runs while there is work, never two runs at once. */
export function createLoop(options: LoopOptions): Loop {
  let state: 'stopped' | 'waiting' | 'running' | 'backing-off' = 'stopped'
  let timer: NodeJS.Timeout | undefined
  let again = false
  let failures = 0
  let current: Promise<void> = Promise.resolve()
  let unsubscribe: (() => void)[] = []

  const pause = (next: 'waiting' | 'backing-off', delayMs: number) => {
    state = next
    timer = setTimeout(begin, delayMs)
  }
  const begin = () => {
    clearTimeout(timer)
    state = 'running'
    again = false
    current = once()
  }
  const once = async () => {
    const outcome = await attempt(options)
    if (state === 'stopped') return
    if (outcome === 'failed') {
      failures += 1
      return pause('backing-off', backOff(failures, options.random ?? Math.random))
    }
    failures = 0
    pause('waiting', again ? 0 : delayOf(outcome, options.pollMs))
  }
  const nudge = () => {
    if (state === 'waiting') begin()
    // While backing off too: work that keeps arriving must not make a failing run hot.
    else again = true
  }
  return {
    nudge,
    start: () => {
      if (state !== 'stopped') return
      unsubscribe = options.lanes.map((lane) => options.wakeups.on(lane, nudge))
      begin()
    },
    stop: async () => {
      state = 'stopped'
      clearTimeout(timer)
      for (const off of unsubscribe) off()
      unsubscribe = []
      await current
    },
  }
}

async function attempt(options: LoopOptions): Promise<LoopOutcome | 'failed'> {
  try {
    return await options.run()
  } catch (error) {
    options.onError(error, options.name)
    return 'failed'
  }
}

function delayOf(result: LoopOutcome, pollMs: number): number {
  if (result === 'more') return 0
  return result === 'idle' ? pollMs : Math.max(0, Math.min(result.waitMs, pollMs))
}

/** 1 s, 2 s, 4 s … 30 s, each between half and the whole of it. */
function backOff(failures: number, random: () => number): number {
  return Math.min(30_000, 1000 * 2 ** Math.min(failures - 1, 10)) * (0.5 + random() / 2)
}
