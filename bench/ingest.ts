/** Signed and encrypted Feishu events: committed to the inbox and answered, beside a bare server and the official SDK. */

import type { LoadResult } from './ingest/load-process.ts'
import { type Child, startChild } from './kit/child.ts'
import { median } from './kit/distribution.ts'
import { temporaryFolder } from './kit/folder.ts'
import { atLeast, atMost, below, type Figure } from './kit/report.ts'

const rounds = 5
const requestsPerRound = 6000
const connections = 64
const openLoop = { perSecond: 1500, seconds: 10 }
const part = 'ingest'
const variants = ['bare', 'sdk', 'product'] as const

type Variant = (typeof variants)[number]

interface Door {
  process: Child
  port: number
}

export async function measureIngest(): Promise<Figure[]> {
  const folder = await temporaryFolder()
  const started: Child[] = []
  const start = async (name: string, env: Record<string, string> = {}): Promise<Child> => {
    const child = await startChild(new URL(`./ingest/${name}-process.ts`, import.meta.url), { env })
    started.push(child)
    return child
  }
  try {
    const doors = {} as Record<Variant, Door>
    for (const name of variants) {
      const process = await start(name, { HUILIU_DATA: folder.path })
      doors[name] = { process, port: await process.ask({ kind: 'port' }) }
    }
    return await measure(doors, await start('load'))
  } finally {
    for (const child of started) await child.stop()
    await folder.remove()
  }
}

async function measure(doors: Record<Variant, Door>, generator: Child): Promise<Figure[]> {
  const load = (door: Door, options: { requests: number; perSecond?: number }) =>
    generator.ask<LoadResult>({
      kind: 'load',
      port: door.port,
      path: '/feishu/events',
      connections,
      ...options,
    })
  for (const name of variants) await load(doors[name], { requests: 2000 })
  const perSecond: Record<Variant, number[]> = { bare: [], sdk: [], product: [] }
  const cpuMs: Record<Variant, number> = { bare: 0, sdk: 0, product: 0 }
  let refused = 0
  // Round by round, so that what else the machine does hits all three alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const name of variants) {
      const before = await doors[name].process.usage()
      const result = await load(doors[name], { requests: requestsPerRound })
      cpuMs[name] += (await doors[name].process.usage()).cpuMs - before.cpuMs
      perSecond[name].push(result.answered / result.seconds)
      refused += result.refused
    }
  }
  const requests = openLoop.perSecond * openLoop.seconds
  const open = await load(doors.product, { requests, perSecond: openLoop.perSecond })
  refused += open.refused
  const kept = await doors.product.process.ask<number>({ kind: 'count' })
  const sent = 2000 + rounds * requestsPerRound + requests
  await doors.product.process.ask({ kind: 'drain' })
  const drained = await load(doors.product, { requests, perSecond: openLoop.perSecond })
  return figures({ perSecond, cpuMs, open, drained, lost: sent - kept, refused: refused + drained.refused })
}

interface Measured {
  perSecond: Record<Variant, number[]>
  cpuMs: Record<Variant, number>
  open: LoadResult
  drained: LoadResult
  lost: number
  refused: number
}

function figures({ perSecond, cpuMs, open, drained, lost, refused }: Measured): Figure[] {
  const rate = (name: Variant) => median(perSecond[name])
  // Each round by itself: its three runs met the same machine.
  const ratio = (name: Variant) => median(perSecond[name].map((value, i) => value / (perSecond.bare[i] ?? 1)))
  const { perSecond: pace } = openLoop
  const p99 = open.latency.p99
  const cpu = (name: Variant) => ((cpuMs[name] * 1000) / (rounds * requestsPerRound)).toFixed(0)
  return [
    {
      part,
      name: 'committed and answered, events/s',
      value: rate('product').toFixed(0),
      goal: atLeast(Math.round(rate('product')), 1500),
    },
    {
      part,
      name: 'ratio to bare Fastify',
      value: ratio('product').toFixed(2),
      goal: atLeast(Number(ratio('product').toFixed(2)), 0.2),
    },
    { part, name: `open loop at ${pace}/s: p50, ms`, value: open.latency.p50.toFixed(1) },
    { part, name: `open loop at ${pace}/s: p99, ms`, value: p99.toFixed(1), goal: below(p99, 100) },
    { part, name: `the same while the inbox is drained: p99, ms`, value: drained.latency.p99.toFixed(1) },
    { part, name: 'events answered but not kept', value: String(lost), goal: atMost(lost, 0) },
    { part, name: 'answers that were not 200', value: String(refused), goal: atMost(refused, 0) },
    { part, name: 'bare Fastify POST, requests/s', value: rate('bare').toFixed(0) },
    { part, name: 'SDK EventDispatcher without keeping anything, events/s', value: rate('sdk').toFixed(0) },
    {
      part,
      name: 'server CPU per event (product; SDK; bare), µs',
      value: [...variants].reverse().map(cpu).join('; '),
    },
    { part, name: 'SDK EventDispatcher, ratio to bare', value: ratio('sdk').toFixed(2) },
  ]
}
