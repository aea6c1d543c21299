import type { OwnKernel } from '../../kernel/create-kernel.ts'
import type { Events } from '../../kernel/types.ts'
import { readCallbackAnswer } from './callback.ts'
import { isSubscribed } from './catalog.ts'
import { callbackEnvelope } from './envelope.ts'
import { type LongConnection, openLongConnection } from './long-connection.ts'
import { registerOutboundIp } from './outbound-ip.ts'
import { createQueue, type WaitingEvent } from './queue.ts'
import { recordDelivery, type Sending } from './record-delivery.ts'
import type { Delivery } from './transport.ts'
import { deliverByWebhook } from './webhook.ts'

export interface OwnEvents extends Events {
  readonly longConnection: LongConnection
  /** Events that wait for their next try, soonest first. */
  waiting(): WaitingEvent[]
  /** How often each type happened that the app has not subscribed to. */
  unsubscribed(): Readonly<Record<string, number>>
}

/** Events and callbacks over the transport each is configured for: a URL, or the long connection. */
export function createEvents(kernel: OwnKernel): OwnEvents {
  const longConnection = openLongConnection(kernel)
  registerOutboundIp(kernel)
  const send = async ({ url, envelope, type }: Sending): Promise<Delivery> => {
    if (kernel.faults.strike('network', { method: 'EVENT', route: type, families: ['feishu', 'events'] }))
      return { ok: false, reason: 'tcp', detail: 'the network is down (fault unreachable)' }
    return url === null
      ? longConnection.deliver(envelope)
      : deliverByWebhook(url, envelope, kernel.identity().encryptKey)
  }
  const deliver = (sending: Sending) => recordDelivery(kernel, sending, send)
  const queue = createQueue(kernel, (event) => deliver({ ...event, url: kernel.settings.eventUrl }))

  return {
    longConnection,
    waiting: queue.waiting,
    unsubscribed: queue.unsubscribed,
    emit: queue.emit,
    async callback(callback) {
      const { type } = callback
      if (!isSubscribed(kernel.settings.subscriptions, type))
        return readCallbackAnswer(
          { ok: false, reason: 'no-receiver', detail: `${type} is not subscribed` },
          0,
        )
      const startedAt = performance.now()
      const envelope = callbackEnvelope(kernel, callback)
      const url = kernel.settings.callbackUrl
      const delivery = await deliver({ url, envelope, type, attempt: 1, retryAfterMs: null })
      return readCallbackAnswer(delivery, Math.round(performance.now() - startedAt))
    },
  }
}
