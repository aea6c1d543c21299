import { FeishuError, type Messages, type SentMessage } from '#src/feishu/types.ts'
import { isGone } from './failure.ts'

/** The platform sends a message with the same uuid once within an hour; we trust it for a little less. */
const uuidWindowMs = 55 * 60_000
const lookBackMs = 2 * 60_000
/** An attempt may have been repeated until the end of its window, and its last call may have taken a while. */
const lookAheadMs = uuidWindowMs + 10 * 60_000
/** The chat's messages may not be read at all: no scope, or a confidential chat. */
const unreadableCodes = new Set([99991672, 99991679, 230027, 231203])
const options = { purpose: 'cards' }

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

export interface Target {
  chatId: string
  /** Text that only this card contains. */
  mark: string
  /** The message it takes the place of: the card is sent as a reply to it, which links the two. */
  replyTo?: string | undefined
}

async function findInChat(messages: Messages, target: Target, at: number): Promise<SendResult> {
  let pageToken: string | undefined
  const range = { from: at - lookBackMs, to: at + lookAheadMs }
  do {
    const from = pageToken === undefined ? range : { ...range, pageToken }
    const page = await messages.list(target.chatId, from, options)
    const found = page.items.find((m) => m.content.includes(target.mark))
    if (found !== undefined) return { outcome: 'sent', messageId: found.messageId, at: found.createdAt }
    pageToken = page.next
  } while (pageToken !== undefined)
  return { outcome: 'lost' }
}

/** A reply to a message that was recalled meanwhile is refused, and nothing was sent: then it goes out by itself. */
async function deliver(messages: Messages, target: Target, attempt: Attempt): Promise<SentMessage> {
  if (target.replyTo !== undefined) {
    try {
      return await messages.replyCard(target.replyTo, attempt.body, attempt.uuid, options)
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
  return messages.sendCard({ chatId: target.chatId }, attempt.body, attempt.uuid, options)
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
    const sent = await deliver(messages, target, attempt)
    return { outcome: 'sent', messageId: sent.messageId, at: sent.createdAt }
  }
  try {
    return await findInChat(messages, target, attempt.at)
  } catch (error) {
    if (error instanceof FeishuError && unreadableCodes.has(error.feishuCode))
      return { outcome: 'undecidable' }
    throw error
  }
}
