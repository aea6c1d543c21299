import { FeishuError, type Messages } from '#src/feishu/types.ts'

/** The platform sends a message with the same uuid once within an hour; we trust it for a little less. */
const uuidWindowMs = 55 * 60_000
const lookBackMs = 2 * 60_000
const lookAheadMs = 10 * 60_000

export interface Attempt {
  uuid: string
  /** When the first try left, ms. */
  at: number
  body: string
}

export type SendResult =
  | { outcome: 'sent'; messageId: string; at: number }
  /** The attempt certainly did not arrive: a new one may be made. */
  | { outcome: 'lost' }
  /** It may have arrived and the chat's messages may not be read. */
  | { outcome: 'undecidable' }

interface Target {
  chatId: string
  /** Text that only this card contains. */
  mark: string
}

async function findInChat(messages: Messages, target: Target, at: number): Promise<SendResult> {
  let pageToken: string | undefined
  const range = { from: at - lookBackMs, to: at + lookAheadMs }
  do {
    const page = await messages.list(
      target.chatId,
      pageToken === undefined ? range : { ...range, pageToken },
      {
        purpose: 'cards',
      },
    )
    const found = page.items.find((m) => m.content.includes(target.mark))
    if (found !== undefined) return { outcome: 'sent', messageId: found.messageId, at: found.createdAt }
    pageToken = page.next
  } while (pageToken !== undefined)
  return { outcome: 'lost' }
}

/**
 * Brings one persisted attempt to an end: while the platform still remembers its uuid, by sending the very same
 * body again; later by looking for the card in the chat (needs im:message.group_msg).
 * Throws FeishuError when Feishu refused or the result is again unknown: the attempt then stays open.
 */
export async function sendOnce(
  messages: Messages,
  target: Target,
  attempt: Attempt,
  now: number,
): Promise<SendResult> {
  if (now - attempt.at < uuidWindowMs) {
    const sent = await messages.sendCard({ chatId: target.chatId }, attempt.body, attempt.uuid, {
      purpose: 'cards',
    })
    return { outcome: 'sent', messageId: sent.messageId, at: sent.createdAt }
  }
  try {
    return await findInChat(messages, target, attempt.at)
  } catch (error) {
    if (error instanceof FeishuError && error.failure === 'permission') return { outcome: 'undecidable' }
    throw error
  }
}
