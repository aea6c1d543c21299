import type { FeishuInbox } from './feishu-inbox.ts'

/**
 * What the long connection hands every un-flattened envelope to (events and card callbacks alike). The connection
 * itself is authenticated, so nothing is signed. What it returns is the platform's answer; when it rejects, the
 * envelope was not stored and the platform pushes it again.
 */
export type LongConnectionReceiver = (data: unknown) => Promise<Record<string, unknown>>

export function createLongConnectionReceiver(inbox: FeishuInbox): LongConnectionReceiver {
  return async (data) => {
    const text = JSON.stringify(data) as string | undefined
    if (text === undefined) return {}
    const { answer } = await inbox.receive(Buffer.from(text), data, {
      transport: 'long-connection',
      stale: false,
    })
    return { ...answer }
  }
}
