import type { SandboxClock, TimerLabel } from './types.ts'

interface Timer {
  due: number
  order: number
  fn: () => void | Promise<void>
  label: TimerLabel | undefined
}

/** Node's setTimeout cannot wait longer; a later timer is simply armed again. */
const longestWait = 2 ** 31 - 1

export interface ControlledClock extends SandboxClock {
  /** Drops every pending timer (reset, close). */
  cancelAll(): void
  /** ms the clock is ahead of real time; saved with the world so that time never runs backwards. */
  offset(): number
  /** From now on only `advance` moves time. */
  freeze(): void
  /** Time runs on from where it stood. */
  unfreeze(): void
  isFrozen(): boolean
  /** Puts the clock to where a loaded world stopped, ms; pending timers must have been dropped. */
  set(now: number, frozen: boolean): void
  /** What is going to happen, soonest first; timers nobody named are left out. */
  scheduled(): { at: number; label: TimerLabel }[]
}

/**
 * Time that runs with real time and can be moved forward. `start` (ms) is where it begins; without it, it begins at
 * real time plus `offset`. `frozen`: only `advance` moves it. Timers due at the same instant run in the order they were set.
 */
export function createClock(
  options: { start?: number; offset?: number; frozen?: boolean; onError?: (error: unknown) => void } = {},
): ControlledClock {
  let frozenAt = options.frozen ? Date.now() : undefined
  const realTime = () => frozenAt ?? Date.now()
  let offset = options.start === undefined ? (options.offset ?? 0) : options.start - realTime()
  let order = 0
  let timers: Timer[] = []
  let wake: NodeJS.Timeout | undefined
  let advancing: Promise<void> = Promise.resolve()

  const now = () => realTime() + offset
  const earliest = () => timers.reduce<Timer | undefined>((a, b) => (a && !isBefore(b, a) ? a : b), undefined)
  const take = (timer: Timer) => {
    timers = timers.filter((other) => other !== timer)
  }
  const run = async (timer: Timer) => {
    try {
      await timer.fn()
    } catch (error) {
      options.onError?.(error)
    }
  }
  const arm = () => {
    clearTimeout(wake)
    const next = earliest()
    if (!next || frozenAt !== undefined) return
    wake = setTimeout(ring, Math.min(longestWait, Math.max(0, next.due - now())))
    wake.unref()
  }
  const ring = () => {
    for (let next = earliest(); next && next.due <= now(); next = earliest()) {
      take(next)
      void run(next)
    }
    arm()
  }
  const jump = async (ms: number) => {
    const target = now() + ms
    for (let next = earliest(); next && next.due <= target; next = earliest()) {
      take(next)
      offset += Math.max(0, next.due - now())
      await run(next)
    }
    offset += Math.max(0, target - now())
    arm()
  }

  return {
    now,
    offset: () => offset,
    isFrozen: () => frozenAt !== undefined,
    after(ms, fn, label) {
      const timer = { due: now() + Math.max(0, ms), order: order++, fn, label }
      timers.push(timer)
      arm()
      return () => take(timer)
    },
    advance(ms) {
      advancing = advancing.then(() => jump(ms))
      return advancing
    },
    freeze() {
      frozenAt ??= Date.now()
      clearTimeout(wake)
    },
    unfreeze() {
      if (frozenAt === undefined) return
      offset -= Date.now() - frozenAt
      frozenAt = undefined
      arm()
    },
    set(at, frozen) {
      frozenAt = frozen ? Date.now() : undefined
      offset = at - realTime()
      arm()
    },
    scheduled: () =>
      timers
        .toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
        .flatMap(({ due, label }) => (label === undefined ? [] : [{ at: due, label }])),
    cancelAll() {
      timers = []
      clearTimeout(wake)
    },
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.due === b.due ? a.order < b.order : a.due < b.due
}
