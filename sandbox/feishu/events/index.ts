import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { finishTraffic } from '../../kernel/traffic.ts'
import type { Events } from '../../kernel/types.ts'
import { readCallbackAnswer } from './callback.ts'
import { callbackEnvelope } from './envelope.ts'
import { type LongConnection, openLongConnection } from './long-connection.ts'
import { createQueue } from './queue.ts'
import type { Delivery } from './transport.ts'
import { deliverByWebhook } from './webhook.ts'

export interface OwnEvents extends Events {
  readonly longConnection: LongConnection
}

/** Events and callbacks over the transport each is configured for: a URL, or the long connection. */
export function createEvents(kernel: OwnKernel): OwnEvents {
  const longConnection = openLongConnection(kernel)
  const deliver = (url: string | null, envelope: string, type: string) =>
    recorded(kernel, { url, envelope, type }, () =>
      url === null
        ? longConnection.deliver(envelope)
        : deliverByWebhook(url, envelope, kernel.identity().encryptKey),
    )
  const queue = createQueue(kernel, (envelope, type) => deliver(kernel.settings.eventUrl, envelope, type))

  return {
    longConnection,
    emit: queue.emit,
    async callback(callback) {
      const startedAt = performance.now()
      const delivery = await deliver(
        kernel.settings.callbackUrl,
        callbackEnvelope(kernel, callback),
        callback.type,
      )
      return readCallbackAnswer(delivery, Math.round(performance.now() - startedAt))
    },
  }
}

async function recorded(
  kernel: OwnKernel,
  what: { url: string | null; envelope: string; type: string },
  send: () => Promise<Delivery>,
): Promise<Delivery> {
  const entry = kernel.traffic.start({
    direction: 'out',
    family: 'events',
    method: what.url === null ? 'WS' : 'POST',
    url: what.url ?? 'long-connection',
    request: JSON.parse(what.envelope),
    note: what.type,
  })
  const startedAt = performance.now()
  const delivery = await send()
  if (delivery.ok) finishTraffic(entry, delivery.status, delivery.body, performance.now() - startedAt)
  else entry.note = `${what.type}: ${delivery.reason}: ${delivery.detail}`
  return delivery
}
