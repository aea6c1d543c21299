/** A refusal: `error_code` in `data` and `extra`, with HTTP 200. */
export class LifeFailure extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export const invalid = (name: string): LifeFailure => new LifeFailure(2100005, `参数不合法：${name}`)
