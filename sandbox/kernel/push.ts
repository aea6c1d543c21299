import type { Traffic } from './traffic.ts'
import type { Kernel, PushAttempt, SandboxClock } from './types.ts'

type Push = Parameters<Kernel['push']>[0]

const pushTimeoutMs = 3_000

/** Delivers pushes of outside systems; each failed try is repeated after the next delay of `retryAfterMs`. */
export function createPush(clock: SandboxClock, traffic: Traffic): Kernel['push'] {
  const attempt = async (push: Push, tries: number): Promise<void> => {
    const at = clock.now()
    const done = await deliver(push, traffic)
    const wait = done.accepted ? undefined : push.retryAfterMs[tries]
    if (wait !== undefined) clock.after(wait, () => attempt(push, tries + 1), retryLabel(push.family))
    push.attempted?.({ ...done, at, nextAt: wait === undefined ? null : clock.now() + wait })
  }
  return (push) => {
    void attempt(push, 0)
  }
}

async function deliver(push: Push, traffic: Traffic): Promise<Omit<PushAttempt, 'at' | 'nextAt'>> {
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
    const ms = Math.round(performance.now() - startedAt)
    traffic.finish(entry, { status: answer.status, answer: body, ms })
    return { accepted: push.accepted(answer.status, body), status: answer.status, answer: body, ms }
  } catch (error) {
    entry.note = error instanceof Error ? error.message : String(error)
    return { accepted: false, answer: entry.note, ms: Math.round(performance.now() - startedAt) }
  }
}

function retryLabel(family: string): { zh: string; en: string } {
  return { zh: `再次推送 ${family}`, en: `Push again: ${family}` }
}
