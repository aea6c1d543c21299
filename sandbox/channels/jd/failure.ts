/** A refusal of the gateway: `error_response` with HTTP 200. */
export class JdFailure extends Error {
  readonly code: string
  readonly english: string
  constructor(code: string, chinese: string, english: string) {
    super(chinese)
    this.code = code
    this.english = english
  }
}

/** A missing or wrong business parameter. */
export function invalid(name: string): JdFailure {
  return new JdFailure('23', `无效参数：${name}`, `Invalid Arguments: ${name}`)
}

/** A refusal of the shop's own business, as the order calls write it. */
export const refusedResult = (code: number, chinese: string) => ({
  success: false,
  numberCode: code,
  chineseErrCode: chinese,
  englishErrCode: 'error',
})
