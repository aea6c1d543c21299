/** A refusal: `result` that is not 1, with HTTP 200. */
export class KsFailure extends Error {
  readonly result: number
  constructor(result: number, message: string) {
    super(message)
    this.result = result
  }
}

/** UNVERIFIED: the number; the docs list numbers for orders, refunds and authorisation only. */
export function invalid(name: string): KsFailure {
  return new KsFailure(100200100, `参数 ${name} 不正确`)
}
