import { randomUUID } from 'node:crypto'
import type { Kernel, OutgoingEvent } from '../../kernel/types.ts'

/** Schema 2.0 or 1.0 around an event, as compact JSON (receivers may re-serialise to check the signature). */
export function envelopeOf(kernel: Kernel, outgoing: OutgoingEvent): string {
  return outgoing.schema === '2.0'
    ? schemaTwo(kernel, outgoing, String(kernel.clock.now()))
    : schemaOne(kernel, outgoing)
}

/** A card callback's header counts microseconds where events count milliseconds. */
export function callbackEnvelope(kernel: Kernel, callback: { type: string; event: object }): string {
  return schemaTwo(kernel, callback, String(kernel.clock.now() * 1000))
}

export function challengeEnvelope(kernel: Kernel, challenge: string): string {
  return JSON.stringify({ challenge, token: kernel.identity().verificationToken, type: 'url_verification' })
}

function schemaTwo(kernel: Kernel, outgoing: { type: string; event: object }, createTime: string): string {
  const { appId, tenantKey, verificationToken } = kernel.identity()
  return JSON.stringify({
    schema: '2.0',
    header: {
      event_id: randomUUID().replaceAll('-', ''),
      token: verificationToken,
      create_time: createTime,
      event_type: outgoing.type,
      tenant_key: tenantKey,
      app_id: appId,
    },
    event: outgoing.event,
  })
}

function schemaOne(kernel: Kernel, outgoing: { type: string; event: object }): string {
  const { appId, tenantKey, verificationToken } = kernel.identity()
  return JSON.stringify({
    ts: (kernel.clock.now() / 1000).toFixed(7),
    uuid: randomUUID().replaceAll('-', ''),
    token: verificationToken,
    type: 'event_callback',
    event: { app_id: appId, tenant_key: tenantKey, ...outgoing.event, type: outgoing.type },
  })
}
