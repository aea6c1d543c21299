/**
 * Refusals of the platform: HTTP 200 with code ≠ 10000. Codes and sub codes follow the platform's published basic and
 * per-interface error tables as generated SDKs carry them; those marked UNVERIFIED were chosen by us.
 */
export class ShopFailure extends Error {
  readonly code: number
  readonly msg: string
  readonly subCode: string
  constructor(code: number, msg: string, sub: { code: string; msg: string }) {
    super(sub.msg)
    this.code = code
    this.msg = msg
    this.subCode = sub.code
  }
}

export function missing(subCode: string, subMsg: string): ShopFailure {
  return new ShopFailure(40001, '缺少必选参数', { code: subCode, msg: subMsg })
}

export function illegal(subCode: string, subMsg: string): ShopFailure {
  return new ShopFailure(40003, '非法的参数', { code: subCode, msg: subMsg })
}

export function invalidParameter(number: number, subMsg: string): ShopFailure {
  return new ShopFailure(40004, '非法的参数', { code: `isv.parameter-invalid:${number}`, msg: subMsg })
}

export function businessFailed(number: number, subMsg: string): ShopFailure {
  return new ShopFailure(50002, '业务处理失败', { code: `isv.business-failed:${number}`, msg: subMsg })
}
