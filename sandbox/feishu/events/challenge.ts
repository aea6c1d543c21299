import { randomUUID } from 'node:crypto'
import type { Kernel } from '../../kernel/types.ts'
import { challengeEnvelope } from './envelope.ts'
import { deliverByWebhook } from './webhook.ts'

/**
 * What the developer console does when a request URL is saved. Returns why the URL is refused, or undefined when it
 * echoed the challenge.
 */
export async function challengeUrl(kernel: Kernel, url: string): Promise<string | undefined> {
  if (!/^https?:\/\//.test(url)) return 'the URL must start with http:// or https://'
  const challenge = randomUUID()
  const delivery = await deliverByWebhook(
    url,
    challengeEnvelope(kernel, challenge),
    kernel.identity().encryptKey,
  )
  if (!delivery.ok) return delivery.detail
  try {
    if ((JSON.parse(delivery.body) as { challenge?: unknown }).challenge === challenge) return undefined
  } catch {
    // falls through to the refusal
  }
  return `the answer did not echo the challenge: ${delivery.body.slice(0, 200)}`
}
