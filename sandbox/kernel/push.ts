import { finishTraffic, type Traffic } from './traffic.ts'
import type { Kernel, SandboxClock } from './types.ts'

type Push = Parameters<Kernel['push']>[0]

const pushTimeoutMs = 3_000

/** Delivers pushes of outside systems; each failed try is repeated after the next delay of `retryAfterMs`. */
export function createPush(clock: SandboxClock, traffic: Traffic): Kernel['push'] {
  const attempt = async (push: Push, tries: number): Promise<void> => {
    const accepted = await deliver(push, traffic)
    const wait = push.retryAfterMs[tries]
    if (!accepted && wait !== undefined) clock.after(wait, () => attempt(push, tries + 1))
  }
  return (push) => {
    void attempt(push, 0)
  }
}

async function deliver(push: Push, traffic: Traffic): Promise<boolean> {
  const text = push.body.toString('utf8')
  const entry = traffic.start({
    direction: 'out',
    family: push.family,
    method: 'POST',
    url: push.url,
    request: text,
  })
  const startedAt = performance.now()
  try {
    const answer = await fetch(push.url, {
      method: 'POST',
      headers: push.headers,
      body: new Uint8Array(push.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(pushTimeoutMs),
    })
    const body = await answer.text()
    finishTraffic(entry, answer.status, body, performance.now() - startedAt)
    return push.accepted(answer.status, body)
  } catch (error) {
    entry.note = error instanceof Error ? error.message : String(error)
    return false
  }
}
