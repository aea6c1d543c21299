/** A refusal of the gateway: `error_response` with HTTP 200. */
export class TopFailure extends Error {
  readonly code: number
  readonly subCode: string
  readonly subMessage: string
  constructor(code: number, msg: string, sub: { code?: string; msg?: string } = {}) {
    super(msg)
    this.code = code
    this.subCode = sub.code ?? ''
    this.subMessage = sub.msg ?? ''
  }
}

/** A missing or wrong business parameter. */
export function invalid(name: string): TopFailure {
  return new TopFailure(41, 'Invalid Arguments', {
    code: `isv.invalid-parameter:${name}`,
    msg: `参数 ${name} 不正确`,
  })
}
