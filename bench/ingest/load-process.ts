/** The load generator, in a process of its own. */
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '../kit/child.ts'
import { type Distribution, distribution } from '../kit/distribution.ts'
import { type Connection, openConnection } from './connection.ts'
import { signedRequest } from './signed-event.ts'

export interface LoadResult {
  answered: number
  refused: number
  /** s */
  seconds: number
  /** ms; in an open loop counted from when the request was due, not from when it could be sent. */
  latency: Distribution
}

interface Load {
  port: number
  path: string
  connections: number
  requests: number
  /** Open loop: so many a second, whatever becomes of the earlier ones. Absent: as fast as answers come. */
  perSecond?: number
}

async function run(load: Load): Promise<LoadResult> {
  const requests = Array.from({ length: load.requests }, () => signedRequest(load.path))
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => openConnection(load.port)),
  )
  const tally = { latencies: [] as number[], refused: 0 }
  const startedAt = performance.now()
  const next =
    load.perSecond === undefined ? asFastAsPossible(requests) : paced(requests, load.perSecond, startedAt)
  await Promise.all(connections.map((connection) => pump(connection, next, tally)))
  const seconds = (performance.now() - startedAt) / 1000
  for (const connection of connections) connection.close()
  return {
    answered: tally.latencies.length,
    refused: tally.refused,
    seconds,
    latency: distribution(tally.latencies),
  }
}

/** The next request and when it was due (performance.now); undefined when there are no more. */
type Next = () => Promise<{ request: Buffer; dueAt: number } | undefined>

function asFastAsPossible(requests: Buffer[]): Next {
  let at = 0
  return async () => {
    const request = requests[at++]
    return request === undefined ? undefined : { request, dueAt: performance.now() }
  }
}

function paced(requests: Buffer[], perSecond: number, startedAt: number): Next {
  let at = 0
  return async () => {
    const index = at++
    const request = requests[index]
    if (request === undefined) return undefined
    const dueAt = startedAt + (index * 1000) / perSecond
    const early = dueAt - performance.now()
    if (early >= 1) await sleep(early)
    return { request, dueAt }
  }
}

async function pump(
  connection: Connection,
  next: Next,
  tally: { latencies: number[]; refused: number },
): Promise<void> {
  for (let one = await next(); one !== undefined; one = await next()) {
    const status = await connection.send(one.request)
    tally.latencies.push(performance.now() - one.dueAt)
    if (status !== 200) tally.refused += 1
  }
}

serve({ load: (request) => run(request as unknown as Load) }, async () => undefined)
