import { useState } from 'react'
import type { WebClickAnswer, WebClickRequest } from '#sandbox/feishu/im/web-click-shapes.ts'
import { send } from '../api/client.ts'
import { useLanguage, useT } from '../shell/language.tsx'
import { useToast } from '../ui/toast.tsx'
import { clientError } from './client-errors.ts'
import type { CardAction } from './context.ts'

export interface CardPress {
  /** Presses as the person being played and shows what comes back. */
  press(action: CardAction): Promise<void>
  /** The card the app answered with; undefined until it did. */
  answered: unknown
}

/** Presses on the card of a message, with everything Feishu's client does about the answer. */
export function useCardPress(messageId: string): CardPress {
  const t = useT()
  const { language } = useLanguage()
  const show = useToast()
  const [answered, setAnswered] = useState<unknown>(undefined)
  const press = async (action: CardAction) => {
    try {
      const request: WebClickRequest = { message_id: messageId, ...action }
      const answer = await send<WebClickAnswer>('POST', 'cards/click', request)
      if (answer.outcome?.ok === false)
        return show('error', clientError(answer.outcome.clientCode ?? 300000, t))
      const { toast } = answer
      const text = toast?.i18n?.[language === 'zh' ? 'zh_cn' : 'en_us'] ?? toast?.content
      if (text) show(toast?.type ?? 'info', text)
      if (answer.card !== null) setAnswered(answer.card)
    } catch (error) {
      show('error', error instanceof Error ? error.message : String(error))
    }
  }
  return { press, answered }
}
