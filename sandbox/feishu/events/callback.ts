import type { CallbackOutcome } from '../../kernel/types.ts'
import type { Delivery } from './transport.ts'

/** What the clicking person's client would show. Feishu docs: 卡片回传交互回调, 客户端错误码. */
const clientCodes = {
  'no-receiver': 200340,
  timeout: 200341,
  tcp: 200342,
  dns: 200343,
  'not-200': 200671,
} as const

const bodyUnreadable = 200672

export function readCallbackAnswer(delivery: Delivery, ms: number): CallbackOutcome {
  if (!delivery.ok)
    return { ok: false, clientCode: clientCodes[delivery.reason], detail: delivery.detail, ms }
  if (delivery.body.trim() === '') return { ok: true, answer: {}, ms }
  const answer = parseObject(delivery.body)
  return answer
    ? { ok: true, answer, ms }
    : {
        ok: false,
        clientCode: bodyUnreadable,
        detail: `not a JSON object: ${delivery.body.slice(0, 200)}`,
        ms,
      }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
