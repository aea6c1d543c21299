import type { Loose, Message } from './world-control.ts'

/** Everything a person reads on the card, without the marks and escapes of Feishu's markdown. */
export function textOf(card: Pick<Message, 'content'>): string {
  const texts: string[] = []
  const walk = (value: Loose) => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    else if (typeof value === 'object' && value !== null) {
      if (typeof value.content === 'string') texts.push(value.content)
      for (const one of Object.values(value)) walk(one)
    }
  }
  walk(card.content)
  return texts
    .join('\n')
    .replaceAll('**', '')
    .replace(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)))
}

/** Labels of the card's buttons. */
export function buttonsOf(card: Pick<Message, 'content'>): string[] {
  const labels: string[] = []
  const walk = (value: Loose) => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    else if (typeof value === 'object' && value !== null) {
      if (value.tag === 'button') labels.push(value.text.content)
      for (const one of Object.values(value)) walk(one)
    }
  }
  walk(card.content)
  return labels
}

/** The trace id printed on the card. */
export function traceOf(card: Pick<Message, 'content'>): string {
  return /追踪号 (\w+)/.exec(textOf(card))?.[1] ?? ''
}
