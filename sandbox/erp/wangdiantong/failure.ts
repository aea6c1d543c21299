/** A refusal with HTTP 200. Only 100 (rate, flagship) is certain; the other numbers are UNVERIFIED. */
export class WdtFailure extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export const refusals = {
  rate: () => new WdtFailure(100, '超过每分钟最大调用频率限制，请稍后重试'),
  account: () => new WdtFailure(1020, '卖家账号sid或appkey不存在'),
  signature: () => new WdtFailure(1030, '签名不正确'),
  timestamp: () => new WdtFailure(1040, 'timestamp与服务器时间差过大'),
  method: () => new WdtFailure(1050, '没有接口权限'),
  parameter: (name: string) => new WdtFailure(2000, `参数${name}不正确`),
  business: (words: string) => new WdtFailure(3000, words),
}
