import { randomBytes } from 'node:crypto'
import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { forgetOld, type Message, messageState } from './im-state.ts'
import { findMessage } from './message-store.ts'
import { replaceCard } from './update-api.ts'

const lifetimeMs = 30 * 60_000
const mostUses = 2
const keptMs = 24 * 3_600_000

/** The `c-…` token a callback carries. Usable once the callback has been answered. */
export function issueCardToken(kernel: Kernel, message: Message): string {
  const { cardTokens } = messageState(kernel)
  forgetOld(cardTokens, kernel.clock.now() - keptMs)
  const token = `c-${randomBytes(20).toString('hex')}`
  cardTokens[token] = { message_id: message.message_id, at: kernel.clock.now(), uses: 0, answered: false }
  kernel.changed('im-messages')
  return token
}

/** The callback was answered (or given up): from now on the token may be used. */
export function answerCardToken(kernel: Kernel, token: string): void {
  const entry = messageState(kernel).cardTokens[token]
  if (entry) entry.answered = true
  kernel.changed('im-messages')
}

/** interactive/v1/card/update. Feishu docs: 延时更新消息卡片. */
export function registerDelayedUpdateApi(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/interactive/v1/card/update',
    limit: { perMinute: 1000, perSecond: 50 },
    envelope: false,
    body: {
      type: 'object',
      required: ['token', 'card'],
      properties: { token: { type: 'string' }, card: { type: 'object' } },
    },
    handle: (call) => {
      update(kernel, call)
      return { code: 0, msg: 'ok' }
    },
  })
}

function update(kernel: Kernel, call: ApiCall): void {
  const token = String(call.body.token)
  if (!token.startsWith('c-')) throw new ApiFailure(300020, 'token format is invalid')
  const state = messageState(kernel)
  const entry = state.cardTokens[token]
  if (!entry || kernel.clock.now() - entry.at > lifetimeMs) throw new ApiFailure(300030, 'token is expired')
  // UNVERIFIED: the code; the docs only say that an update before the callback's answer fails or is undone.
  if (!entry.answered) throw new ApiFailure(300000, 'the callback has not been answered yet')
  if (entry.uses >= mostUses) throw new ApiFailure(300040, 'token has been used more than 2 times')
  const message = findMessage(kernel, entry.message_id)
  if (!message || message.state === 'recalled') throw new ApiFailure(200000, 'message is recalled')
  const { open_ids: _exclusive, ...card } = call.body.card as Record<string, unknown>
  replaceCard(kernel, message, JSON.stringify(card), 'delayed')
  entry.uses++
  kernel.changed('im-messages')
}
