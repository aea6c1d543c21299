/** A refusal of the gateway: `error_response` with HTTP 200. */
export class PddFailure extends Error {
  readonly code: number
  readonly subMessage: string
  constructor(code: number, message: string, subMessage = '') {
    super(message)
    this.code = code
    this.subMessage = subMessage
  }
}

/** A missing or wrong business parameter. */
export function invalid(name: string): PddFailure {
  return new PddFailure(21001, '请求参数错误', `参数 ${name} 不正确`)
}
