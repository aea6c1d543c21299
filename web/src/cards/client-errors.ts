import type { Translate } from '../shell/language.tsx'

const words: Readonly<Record<number, readonly [zh: string, en: string]>> = {
  200340: ['应用未配置卡片回调地址', 'The app has no address for card callbacks'],
  200341: ['应用没有在 3 秒内响应', 'The app did not answer within 3 s'],
  200342: ['无法连接应用的回调地址', "The app's callback address cannot be reached"],
  200343: ['应用回调地址的域名解析失败', "The name of the app's callback address is unknown"],
  200345: ['应用未配置卡片回调地址', 'The app has no address for card callbacks'],
  200346: ['应用未配置卡片回调地址', 'The app has no address for card callbacks'],
  200347: ['应用未配置卡片回调地址', 'The app has no address for card callbacks'],
  200530: ['表单中有组件没有填写名称', 'A field of the form has no name'],
  200671: ['应用返回了非 200 的状态码', 'The app answered with another status than 200'],
  200672: ['应用返回的响应体格式错误', "The app's answer has the wrong shape"],
  200673: ['应用返回了错误的卡片', 'The app answered with a wrong card'],
  200830: ['新版卡片不能更新为旧版卡片', 'A card of schema 2.0 cannot become one of 1.0'],
  300000: ['服务内部错误', 'Internal error'],
}

/** What the client shows when a press failed, with its code as Feishu shows it. Feishu docs: 卡片回传交互, 错误码. */
export function clientError(code: number, t: Translate): string {
  const known = words[code]
  const text = known ? t(...known) : t('出错了，请稍后重试', 'Something went wrong, try again later')
  return `${text} code: ${code}`
}
