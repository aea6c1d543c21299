import { ApiFailure } from '../../kernel/types.ts'

/** Messages of the cardkit error tables; all answered with HTTP 400. Feishu docs: 卡片实体, 卡片组件. */
const texts = {
  10002: 'Your request contains an invalid request parameter.',
  200220: 'Failed to generate card content',
  200740: 'The card entity does not exist',
  200750: 'The card entity has expired',
  200770: 'UUID conflict',
  200850: 'Card streaming timeout',
  200860: 'Card content exceeds limit.',
  300121: 'Failed to replace element',
  300122: 'Failed to update card configuration',
  300301: 'Duplicate element_id in card component.',
  300302: 'update_multi property is false',
  300303: 'Only schema 2.0 is supported',
  300305: 'The number of card components exceeds 200',
  300307: 'The card DSL is empty',
  300309: 'Card streaming closed',
  300310: 'Only update text',
  300312: 'Unable to update element tag',
  300313: 'Failed to update element properties',
  300314: 'Failed to delete element',
  300315: 'Failed to add element',
  300317: 'The sequence number for operating on the card did not increment consecutively',
} as const

export type CardkitCode = keyof typeof texts

/** The platform's refusal, with what exactly was wrong behind it. */
export function cardkitFailure(code: CardkitCode, detail?: string): ApiFailure {
  return new ApiFailure(code, detail ? `${texts[code]}, ${detail}` : texts[code])
}
