import { ApiFailure, type Kernel } from '../../kernel/types.ts'
import { CardProblem, validateCard } from '../im/card-validator/index.ts'
import { knownIn } from '../im/content.ts'
import { elementsIn } from './elements.ts'
import type { CardObject } from './entities.ts'
import { type CardkitCode, cardkitFailure } from './failures.ts'

const mostBytes = 30 * 1024
const mostElements = 200

/** A JSON text as an object. @throws ApiFailure 300307 when empty, `otherwise` when it is no object */
export function parseObject(text: unknown, otherwise: CardkitCode = 200220): CardObject {
  const value = parseJson(text, otherwise)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw cardkitFailure(otherwise)
  return value as CardObject
}

/** A JSON text. @throws ApiFailure */
export function parseJson(text: unknown, otherwise: CardkitCode = 200220): unknown {
  if (typeof text !== 'string' || text.trim() === '') throw cardkitFailure(300307)
  try {
    return JSON.parse(text)
  } catch {
    throw cardkitFailure(otherwise, 'not a JSON text')
  }
}

/** Checks a whole card as cardkit does: its own codes first, then what the card itself gets wrong. */
export function checkCard(kernel: Kernel, card: CardObject): CardObject {
  if (Object.keys(card).length === 0) throw cardkitFailure(300307)
  if (card.schema !== '2.0') throw cardkitFailure(300303)
  const config = (card.config ?? {}) as { update_multi?: unknown }
  if (config.update_multi === false) throw cardkitFailure(300302)
  if (Buffer.byteLength(JSON.stringify(card)) > mostBytes) throw cardkitFailure(200860)
  const elements = elementsIn(card)
  if (elements.length > mostElements) throw cardkitFailure(300305)
  const ids = elements.flatMap(({ element_id }) => (typeof element_id === 'string' ? [element_id] : []))
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw cardkitFailure(300301, `element_id: ${twice}`)
  try {
    return validateCard(card, knownIn(kernel))
  } catch (error) {
    if (!(error instanceof CardProblem)) throw error
    throw problemFailure(error)
  }
}

function problemFailure(problem: CardProblem): ApiFailure {
  if (/element exceeds/.test(problem.message)) return cardkitFailure(300305)
  const path = problem.path.length > 0 ? `ErrPath: ${['ROOT', ...problem.path].join(' -> ')}; ` : ''
  const value = problem.value === undefined ? '' : ` ErrorValue: ${problem.value};`
  return cardkitFailure(200220, `ext=ErrCode: ${problem.code}; ${path}ErrMsg: ${problem.message};${value}`)
}

/** Runs a change of elements; what the card then gets wrong is refused under the operation's own code. */
export function checkChanged(kernel: Kernel, card: CardObject, code: CardkitCode): CardObject {
  try {
    return checkCard(kernel, card)
  } catch (error) {
    if (error instanceof ApiFailure && error.code === 200220) throw cardkitFailure(code, error.message)
    throw error
  }
}
