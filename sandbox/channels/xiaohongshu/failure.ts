/** A refusal: `success: false` with HTTP 200. UNVERIFIED: the numbers and words. */
export class XhsFailure extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export const refusals = {
  signature: () => new XhsFailure(10001, '签名错误'),
  timestamp: () => new XhsFailure(10002, 'timestamp已过期'),
  app: () => new XhsFailure(10003, 'appId不存在'),
  token: () => new XhsFailure(10004, 'accessToken无效或已过期'),
  refreshToken: () => new XhsFailure(10005, 'refreshToken无效'),
  method: () => new XhsFailure(10006, '没有接口权限'),
  parameter: (name: string) => new XhsFailure(20001, `参数错误：${name}`),
  unknown: (what: string) => new XhsFailure(20002, `${what}不存在`),
  business: (words: string) => new XhsFailure(20003, words),
}
