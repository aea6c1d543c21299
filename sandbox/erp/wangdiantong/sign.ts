/** Wangdiantong's signatures, from the platform's side. */
import { createHash, timingSafeEqual } from 'node:crypto'

type Pairs = Readonly<Record<string, string>>

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex')

function sorted(pairs: Pairs): [string, string][] {
  return Object.entries(pairs)
    .filter(([key]) => key !== 'sign')
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

/** 旗舰版: query and body between two secrets. */
export function isFlagshipSigned(query: Pairs, body: string, secret: string): boolean {
  const text = sorted({ ...query, body })
    .flat()
    .join('')
  return isSame(query.sign ?? '', md5(`${secret}${text}${secret}`))
}

/** 企业版: every key and value with its length in characters in front, then the secret. */
export function isEnterpriseSigned(form: Pairs, secret: string): boolean {
  const counted = (text: string, digits: number) =>
    `${String(Array.from(text).length).padStart(digits, '0')}-${text}`
  const text = sorted(form)
    .map(([key, value]) => `${counted(key, 2)}:${counted(value, 4)}`)
    .join(';')
  return isSame(form.sign ?? '', md5(text + secret))
}

function isSame(given: string, expected: string): boolean {
  const left = Buffer.from(given)
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}
