import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

export interface Usage {
  /** bytes */
  rss: number
  /** ms of processor time since the start */
  cpuMs: number
}

/** A process of the benchmark, spoken to by messages: one answer per request, in order. */
export interface Child {
  readonly pid: number
  ask<R>(request: { kind: string } & Record<string, unknown>): Promise<R>
  usage(): Promise<Usage>
  /** Ends it and waits for its end. */
  stop(): Promise<void>
}

interface Answer {
  id: number
  value?: unknown
  error?: string
}

const stopWithinMs = 15_000
const running = new Set<ChildProcess>()

/** Starts a script that calls `serve`. Its environment is exactly `env`: nothing of ours leaks into a measurement. */
export async function startChild(
  script: URL,
  options: { args?: readonly string[]; env?: Record<string, string>; nodeArgs?: readonly string[] } = {},
): Promise<Child> {
  const child = fork(script, [...(options.args ?? [])], {
    env: { NODE_ENV: 'production', ...options.env },
    execArgv: [...(options.nodeArgs ?? [])],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  running.add(child)
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const exited = once(child, 'exit').then(() => {
    running.delete(child)
    for (const { reject } of waiting.values()) reject(new Error(`${script.pathname} has ended`))
  })
  child.on('message', (message) => {
    const { id, value, error } = message as Answer
    const asker = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asker?.resolve(value)
    else asker?.reject(new Error(error))
  })
  let last = 0
  const ask = <R>(request: { kind: string } & Record<string, unknown>): Promise<R> =>
    new Promise<unknown>((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      child.send({ ...request, id }, (error) => error && reject(error))
    }) as Promise<R>
  await ask({ kind: 'ready' })
  return {
    pid: child.pid ?? 0,
    ask,
    usage: () => ask({ kind: 'usage' }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
      await exited
      clearTimeout(timer)
    },
  }
}

/** For an interrupted benchmark: what it started must not stay. */
export function stopAllChildren(): void {
  for (const child of running) child.kill('SIGTERM')
}

export type Handlers = Record<string, (request: Record<string, unknown>) => unknown>

/** The other side of `startChild`. `close` runs when the parent asks for the end, or is gone. */
export function serve(handlers: Handlers, close: () => Promise<void>): void {
  const all: Handlers = { ready: () => true, usage: ownUsage, ...handlers }
  process.on('message', async (message) => {
    const { id, kind, ...request } = message as { id: number; kind: string } & Record<string, unknown>
    try {
      process.send?.({ id, value: (await all[kind]?.(request)) ?? null })
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  const end = () => void close().finally(() => process.exit(0))
  process.once('SIGTERM', end)
  process.once('disconnect', end)
}

function ownUsage(): Usage {
  const { user, system } = process.cpuUsage()
  return { rss: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 }
}
