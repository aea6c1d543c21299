import { setTimeout as sleep } from 'node:timers/promises'
import packageFile from '../../package.json' with { type: 'json' }
import { type Child, startChild } from './child.ts'
import { temporaryFolder } from './folder.ts'

export interface Sandbox {
  url: string
  process: Child
  get<R>(path: string): Promise<R>
  post<R>(path: string, body?: object): Promise<R>
  stop(): Promise<void>
}

export interface Product {
  address: string
  process: Child
  query<R>(text: string): Promise<R[]>
  backlog(): Promise<Record<string, number>>
  /** One value of /metrics, summed over the label sets that contain `labels`. */
  metric(name: string, labels?: string): Promise<number>
  stop(): Promise<void>
}

export async function startSandbox(settings: object = {}): Promise<Sandbox> {
  const process = await startChild(new URL('./sandbox-process.ts', import.meta.url))
  const url = await process.ask<string>({ kind: 'url' })
  const call = async <R>(path: string, init: RequestInit): Promise<R> => {
    const response = await fetch(`${url}/_control/${path}`, init)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as R
  }
  const sandbox: Sandbox = {
    url,
    process,
    get: (path) => call(path, {}),
    post: (path, body = {}) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    stop: () => process.stop(),
  }
  if (Object.keys(settings).length > 0) await sandbox.post('settings', settings)
  return sandbox
}

/** The product on a fresh database of its own, connected to the sandbox like to the real thing. */
export async function startProduct(
  sandbox: Sandbox,
  options: { rowCap?: number; nodeArgs?: readonly string[] } = {},
): Promise<Product> {
  const folder = await temporaryFolder()
  const child = await startChild(new URL('./product-process.ts', import.meta.url), {
    args: [sandbox.url, String(options.rowCap ?? 20_000)],
    env: {
      HUILIU_DATA: folder.path,
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
    nodeArgs: [...flagsOf(packageFile.scripts.start), ...(options.nodeArgs ?? [])],
  }).catch(async (error: unknown) => {
    await folder.remove()
    throw error
  })
  return {
    address: await child.ask<string>({ kind: 'address' }),
    process: child,
    query: (text) => child.ask({ kind: 'query', text }),
    backlog: () => child.ask({ kind: 'backlog' }),
    metric: async (name, labels = '') => sumOf(await child.ask<string>({ kind: 'metrics' }), name, labels),
    async stop() {
      await child.stop()
      await folder.remove()
    },
  }
}

/** The flags `npm start` gives Node. */
export function flagsOf(command: string): string[] {
  return command.split(' ').filter((word) => word.startsWith('--'))
}

/** Sums the samples of a metric in Prometheus' text format. */
export function sumOf(text: string, name: string, labels: string): number {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .filter((line) => line.includes(labels))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}

/** Asks every `everyMs` until the answer is true. @throws when that takes longer than `withinMs` */
export async function until(
  what: string,
  isTrue: () => Promise<boolean>,
  { withinMs, everyMs = 250 }: { withinMs: number; everyMs?: number },
): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s`)
    await sleep(everyMs)
  }
}
