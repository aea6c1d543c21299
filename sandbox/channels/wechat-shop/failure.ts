/** A refusal: `errcode` and `errmsg` with HTTP 200. */
export class WechatFailure extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export function invalid(name: string): WechatFailure {
  return new WechatFailure(40097, `invalid args: ${name}`)
}
