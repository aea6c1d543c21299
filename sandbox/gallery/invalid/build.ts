import { card, type Json } from '../build.ts'

/** A card that is refused, and exactly what the send API answers. */
export interface Refused {
  id: string
  title: string
  content: string
  code: number
  msg: string
}

type At = readonly string[]

/** Words of 230099. Feishu docs: 发送消息, 230099 子错误码. */
export function cardError(code: number, path: At, says: { message: string; value?: string }): string {
  const place = path.length === 0 ? '' : `ErrPath: ${['ROOT', ...path].join(' -> ')}; `
  const value = says.value === undefined ? '' : ` ErrorValue: ${says.value};`
  return `Failed to create card content, ext=ErrCode: ${code}; ${place}ErrMsg: ${says.message};${value} `
}

/** 200621, the most frequent one. */
export const unreadable = (path: At, value: string): string =>
  cardError(200621, path, {
    message: 'parse card json err, please check whether the card json is correct',
    value,
  })

/** 11310, which has no path. */
export const overLimit = (message: string): string =>
  `Failed to create card content, ext=ErrCode: 11310; ErrMsg: ${message}; code:230099`

/** Path of an element of the body, with what stands inside it. */
export const at = (tag: string, ...inside: readonly string[]): At => [
  'body',
  'elements',
  `[0](tag: ${tag})`,
  ...inside,
]

export function refused(id: string, title: string, wrong: { card: unknown; msg: string }): Refused {
  return { id, title, content: JSON.stringify(wrong.card), code: 230099, msg: wrong.msg }
}

/** A card with one wrong element; 200621 with a value at that element. */
export function wrongElement(
  id: string,
  title: string,
  wrong: { element: Json; value: string; inside?: readonly string[] },
): Refused {
  const path = at(String(wrong.element.tag), ...(wrong.inside ?? []))
  return refused(id, title, { card: card([wrong.element]), msg: unreadable(path, wrong.value) })
}
