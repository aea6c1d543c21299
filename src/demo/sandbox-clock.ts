import { z } from 'zod'
import type { Clock } from '#src/clock.ts'
import { messageOf } from '#src/errors.ts'
import type { Logger } from '#src/log.ts'

export interface SandboxClock extends Clock {
  stop(): void
}

const everyMs = 1_000
const answer = z.object({ now: z.number() })

async function offsetOf(baseUrl: string): Promise<number> {
  const asked = Date.now()
  const response = await fetch(`${baseUrl}/_control/clock`, { signal: AbortSignal.timeout(2_000) })
  const { now } = answer.parse(await response.json())
  return now - (asked + Date.now()) / 2
}

/**
 * In a demo the sandbox's clock is everybody's clock: when it is moved forward, the product must not live in the past,
 * or it would ask channel and ERP for windows that end before what just happened.
 */
export async function followSandboxClock(baseUrl: string, log: Logger): Promise<SandboxClock> {
  let offset = await offsetOf(baseUrl)
  const timer = setInterval(async () => {
    try {
      const read = await offsetOf(baseUrl)
      // Time never runs backwards, and the noise of the reading itself is no movement.
      if (read > offset + 500) offset = read
    } catch (error) {
      log.debug({ reason: messageOf(error) }, 'the sandbox did not tell the time')
    }
  }, everyMs)
  timer.unref()
  return { now: () => Math.round(Date.now() + offset), stop: () => clearInterval(timer) }
}
