/** Signed messages from the platform to the product, sent again until they are answered with HTTP 200. */
import type { Kernel } from '../../kernel/types.ts'
import { pushSignature } from './sign.ts'
import { family, lifeState } from './state.ts'

/** UNVERIFIED: the platform says that messages may come again, not when. */
const retryAfterMs = [10_000, 60_000, 300_000] as const

export function push(kernel: Kernel, event: string, content: object): void {
  const url = kernel.settings.pushUrls[family]
  if (!url) return
  const { clientKey, clientSecret } = lifeState(kernel)
  const body = Buffer.from(
    JSON.stringify({
      event,
      client_key: clientKey,
      from_user_id: '',
      content: JSON.stringify(content),
      log_id: `${kernel.clock.now()}SANDBOX`,
    }),
  )
  kernel.push({
    family,
    url,
    headers: {
      'content-type': 'application/json',
      'msg-id': kernel.id('msg').slice(3),
      'x-douyin-signature': pushSignature(clientSecret, body),
    },
    body,
    accepted: (status, answer) => status === 200 && (event !== 'verify_webhook' || isEchoed(answer, content)),
    retryAfterMs,
  })
}

/** The address check wants its number back. */
function isEchoed(answer: string, content: object): boolean {
  try {
    const echoed = JSON.parse(answer) as { challenge?: unknown }
    return echoed.challenge === (content as { challenge?: unknown }).challenge
  } catch {
    return false
  }
}
