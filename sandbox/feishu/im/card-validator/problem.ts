import { ApiFailure } from '../../../kernel/types.ts'

/** Why a card is refused. `path` names the place as the platform does: `body`, `elements`, `[2](tag: chart)`. */
export class CardProblem extends Error {
  readonly code: number
  readonly path: readonly string[]
  readonly value: string | undefined
  constructor(code: number, message: string, where: { path?: readonly string[]; value?: string } = {}) {
    super(message)
    this.code = code
    this.path = where.path ?? []
    this.value = where.value
  }
}

const overLimit = 11310

/**
 * The text callers parse: codes, order and marks are the platform's. Feishu docs: 发送消息, 230099 子错误码.
 * UNVERIFIED: the words after ErrorValue, which the platform does not list.
 */
export function problemText(problem: CardProblem): string {
  if (problem.code === overLimit) {
    return `Failed to create card content, ext=ErrCode: ${overLimit}; ErrMsg: ${problem.message}; code:230099`
  }
  const path = problem.path.length > 0 ? `ErrPath: ${['ROOT', ...problem.path].join(' -> ')}; ` : ''
  const value = problem.value === undefined ? '' : ` ErrorValue: ${problem.value};`
  return `Failed to create card content, ext=ErrCode: ${problem.code}; ${path}ErrMsg: ${problem.message};${value} `
}

/** HTTP 400 with 230099. */
export function cardFailure(problem: CardProblem): ApiFailure {
  return new ApiFailure(230099, problemText(problem))
}

export const tooMuch = (message: string) => new CardProblem(overLimit, message)

/** 200621: the JSON is not a card of schema 2.0. */
export function malformed(path: readonly string[], value: string): CardProblem {
  return new CardProblem(200621, 'parse card json err, please check whether the card json is correct', {
    path,
    value,
  })
}
