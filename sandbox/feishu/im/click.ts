import { ApiFailure, type CallbackOutcome, type Kernel } from '../../kernel/types.ts'
import { userByOpenId } from '../contact/people.ts'
import { findPressable, hasNamelessField, type Pressable, pressablesOf } from './buttons.ts'
import { CardProblem, problemText, refuseDowngrade, validateCard } from './card-validator/index.ts'
import { findChat } from './chats.ts'
import { knownIn } from './content.ts'
import { answerCardToken, issueCardToken } from './delayed-update-api.ts'
import type { Message } from './im-state.ts'
import { findMessage } from './message-store.ts'
import { addVersion } from './messages.ts'
import { type PressValues, pressValues, sendsZone } from './press-values.ts'

export interface Click extends PressValues {
  message_id: string
  open_id: string
  /** JSON of the pressed element as it is shown … */
  element?: Record<string, unknown>
  /** … or its name, element id or label … */
  name?: unknown
  /** … or (part of) its callback value */
  value?: unknown
}

export interface ClickResult {
  /** what the person's client would show: fine, or its error code */
  outcome: { ok: boolean; clientCode?: number; detail?: string; ms: number } | null
  answer: Record<string, unknown> | null
  /** where the client would go, per device */
  urls: Record<string, string> | null
  card: 'updated' | 'unchanged' | 'expired'
}

const updatableMs = 14 * 24 * 3_600_000
const toastTypes = ['info', 'success', 'error', 'warning']
const badBody = 200672
const badCard = 200673

/** The client refuses to submit such a form. Feishu docs: 卡片回传交互回调, 错误码. */
const namelessField = {
  outcome: { ok: false, clientCode: 200530, detail: 'a field of the form has no name', ms: 0 },
  answer: null,
  card: 'unchanged' as const,
}

/** A person presses something on a card. Feishu docs: 卡片回传交互. */
export async function click(kernel: Kernel, wanted: Click): Promise<ClickResult> {
  const message = findMessage(kernel, wanted.message_id)
  if (message?.msg_type !== 'interactive') throw new ApiFailure(404, 'no such card message', { status: 404 })
  if (message.state === 'recalled') throw new ApiFailure(409, 'the message was recalled', { status: 409 })
  const person = userByOpenId(kernel, wanted.open_id)
  if (!person || !findChat(kernel, message.chat_id)?.members.includes(person.open_id)) {
    throw new ApiFailure(403, 'this person is not in the chat', { status: 403 })
  }
  const pressable = choose(message, wanted)
  const urls = pressable.urls ?? null
  if (pressable.value === undefined) return { outcome: null, answer: null, urls, card: 'unchanged' }
  if (pressable.isSubmit && hasNamelessField(pressable.form)) return { ...namelessField, urls }
  const values = pressValues(kernel, pressable, wanted)
  const token = issueCardToken(kernel, message)
  const outcome = await kernel.events.callback({
    type: 'card.action.trigger',
    event: callbackEvent(kernel, { message, pressable, openId: person.open_id, values, token }),
  })
  answerCardToken(kernel, token)
  return { ...applyAnswer(kernel, message, outcome), urls }
}

/**
 * What the person presses: on the card as it is now, else on the newest earlier version that had it, because a client
 * that has not refreshed yet still shows that one.
 */
function choose(message: Message, wanted: Click): Pressable {
  const now = pressablesOf(JSON.parse(message.content))
  const earlier = message.versions
    .toReversed()
    .flatMap(({ content }) => (content === undefined ? [] : [content]))
  const found =
    findPressable(now, wanted) ??
    earlier.map((content) => findPressable(pressablesOf(JSON.parse(content)), wanted)).find(Boolean)
  if (!found) {
    const names = now
      .map((one) => `${one.label ?? one.name ?? one.tag} ${JSON.stringify(one.value)}`)
      .join('; ')
    throw new ApiFailure(404, `no such button; on the card: ${names || 'none'}`, { status: 404 })
  }
  if (found.disabled) throw new ApiFailure(409, 'the button is disabled', { status: 409 })
  return found
}

function callbackEvent(
  kernel: Kernel,
  press: { message: Message; pressable: Pressable; openId: string; values: PressValues; token: string },
): Record<string, unknown> {
  const { message, pressable, openId, values } = press
  const person = userByOpenId(kernel, openId)
  return {
    operator: {
      tenant_key: kernel.identity().tenantKey,
      user_id: person?.user_id,
      union_id: person?.union_id,
      open_id: openId,
    },
    token: press.token,
    action: {
      value: pressable.value,
      tag: pressable.tag,
      ...(sendsZone(pressable) && { timezone: 'Asia/Shanghai' }),
      ...(pressable.name !== undefined && { name: pressable.name }),
      ...values,
    },
    host: 'im_message',
    context: { open_message_id: message.message_id, open_chat_id: message.chat_id },
  }
}

function applyAnswer(kernel: Kernel, message: Message, outcome: CallbackOutcome): Omit<ClickResult, 'urls'> {
  if (!outcome.ok) return { outcome, answer: null, card: 'unchanged' }
  const { answer, ms } = outcome
  const failed = (clientCode: number, detail: string) => ({
    outcome: { ok: false, clientCode, detail, ms },
    answer,
    card: 'unchanged' as const,
  })
  const complaint = bodyComplaint(answer)
  if (complaint) return failed(badBody, complaint)
  const done = { outcome: { ok: true, ms }, answer }
  const card = answer.card as { type?: unknown; data?: unknown } | undefined
  if (card === undefined) return { ...done, card: 'unchanged' }
  if (card.type !== 'raw') return failed(badCard, 'only cards of type raw exist in this world')
  try {
    const shown = validateCard(card.data, knownIn(kernel))
    refuseDowngrade(JSON.parse(message.content), shown)
  } catch (error) {
    if (error instanceof CardProblem) return failed(badCard, problemText(error))
    throw error
  }
  // Presses keep arriving from old cards, but after 14 days nothing can change them any more.
  if (kernel.clock.now() - message.createdAt > updatableMs) return { ...done, card: 'expired' }
  addVersion(kernel, message, { content: JSON.stringify(card.data), by: 'callback' })
  return { ...done, card: 'updated' }
}

function bodyComplaint(answer: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(answer).find((key) => key !== 'toast' && key !== 'card')
  if (unknown !== undefined) return `unknown key "${unknown}" in the answer`
  const toast = answer.toast as { type?: unknown; content?: unknown } | undefined
  if (toast === undefined) return undefined
  if (toast.type !== undefined && !toastTypes.includes(String(toast.type)))
    return `unknown toast type ${String(toast.type)}`
  return typeof toast.content === 'string' ? undefined : 'toast.content must be a string'
}
