/** A press on a card, as the callback `card.action.trigger` brings it. Feishu docs: 卡片回传交互回调. */
import { z } from 'zod'
import type { PressAnswer } from '#src/contracts/card.ts'
import { unreadable } from './envelope.ts'

export const cardEventType = 'card.action.trigger'

export interface CardPress {
  eventId: string
  /** Who pressed: open_id. */
  openId: string
  messageId: string
  chatId: string
  /** What the button carries: normally a PressValue, but unchecked. */
  value: unknown
  /** Values of a submitted form, by element name. */
  form: Record<string, unknown>
  /** Name of the element that was pressed. */
  name: string | undefined
  /** Chosen option, checked state or text of elements that have one. */
  input: unknown
  /** For a later update of the card (30 minutes, twice). */
  updateToken: string | undefined
  /** ms: when we received it */
  at: number
}

/** What the presser's client gets: a toast and, where useful, the next card. */
export type CardAnswer = Partial<PressAnswer> & { card?: { type: 'raw'; data: Record<string, unknown> } }

/** Runs a press in its own short transaction. Calling it twice with the same press has the effect of once. */
export type OnPress = (press: CardPress) => Promise<CardAnswer>

export type PressReading = { ok: true; press: CardPress } | { ok: false; path: string; message: string }

const id = z.string().min(1).max(200)
const callback = z.object({
  header: z.object({ event_id: id }),
  event: z.object({
    operator: z.object({ open_id: id }),
    token: z.string().optional(),
    action: z.object({
      value: z.unknown(),
      name: z.string().optional(),
      form_value: z.record(z.string(), z.unknown()).optional(),
      input_value: z.string().optional(),
      option: z.string().optional(),
      options: z.array(z.string()).optional(),
      checked: z.boolean().optional(),
    }),
    context: z.object({ open_message_id: id, open_chat_id: id }),
  }),
})

export function readPress(body: unknown, at: number): PressReading {
  const read = callback.safeParse(body)
  if (!read.success) return unreadable(read.error)
  const { operator, token, action, context } = read.data.event
  return {
    ok: true,
    press: {
      eventId: read.data.header.event_id,
      openId: operator.open_id,
      messageId: context.open_message_id,
      chatId: context.open_chat_id,
      value: action.value,
      form: action.form_value ?? {},
      name: action.name,
      input: action.input_value ?? action.option ?? action.options ?? action.checked,
      updateToken: token,
      at,
    },
  }
}
