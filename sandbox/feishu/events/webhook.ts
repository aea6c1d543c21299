import { type SealedRequest, seal } from './seal.ts'
import { type Delivery, deliveryTimeoutMs } from './transport.ts'

/** POSTs one encrypted, signed envelope. Redirects are not followed: the platform wants a plain 200. */
export async function deliverByWebhook(url: string, envelope: string, encryptKey: string): Promise<Delivery> {
  const sealed = seal(envelope, encryptKey)
  return { ...(await post(url, sealed)), wire: sealed }
}

async function post(url: string, sealed: SealedRequest): Promise<Delivery> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: sealed.headers,
      body: sealed.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(deliveryTimeoutMs),
    })
    const body = await answer.text()
    return answer.status === 200
      ? { ok: true, status: 200, body }
      : { ok: false, reason: 'not-200', detail: `HTTP ${answer.status}: ${body.slice(0, 200)}` }
  } catch (error) {
    return failed(error)
  }
}

function failed(error: unknown): Delivery {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  if (name === 'TimeoutError') return { ok: false, reason: 'timeout', detail: 'no answer within 3 s' }
  const detail = `${message}${cause?.message ? `: ${cause.message}` : ''}`
  const isDns = cause?.code === 'ENOTFOUND' || cause?.code === 'EAI_AGAIN'
  return { ok: false, reason: isDns ? 'dns' : 'tcp', detail }
}
