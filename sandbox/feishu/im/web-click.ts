import { ApiFailure, type Kernel } from '../../kernel/types.ts'
import { personOf } from '../../web/person.ts'
import { click } from './click.ts'
import type { WebClickAnswer } from './web-click-shapes.ts'

/** `POST /_web/cards/click`: the person being played presses something on a card. */
export function registerWebClick(kernel: Kernel): void {
  kernel.web('POST', 'cards/click', async (call): Promise<WebClickAnswer> => {
    const person = personOf(kernel, call)
    const { message_id, element, ...filled } = call.body
    if (typeof message_id !== 'string' || typeof element !== 'object' || element === null) {
      throw new ApiFailure(400, 'message_id and element are needed')
    }
    const { outcome, answer, card } = await click(kernel, {
      message_id,
      open_id: person.open_id,
      element: element as Record<string, unknown>,
      ...filled,
    })
    const shown = card === 'updated' ? (answer?.card as { data?: unknown } | undefined)?.data : undefined
    return { outcome, ...toastOf(answer), card: shown ?? null }
  })
}

function toastOf(answer: Record<string, unknown> | null): Pick<WebClickAnswer, 'toast'> {
  const toast = answer?.toast
  return typeof toast === 'object' && toast !== null ? { toast } : {}
}
