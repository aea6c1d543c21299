/** `@i18n@…` keys and their texts, as definitions, instances and messages send them. Feishu docs: 创建审批定义. */
import { approvalFailure } from './failures.ts'

type Body = Record<string, unknown>

const shortestKey = 9

export interface I18nTexts {
  /** The default locale's text. @throws ApiFailure 1390001 for what is no key, or a key without a text */
  of(key: unknown, place?: string): string
  /** what was asked for with a place, by other locale and place */
  collected: Record<string, Record<string, string>>
}

/** `shortest`: definitions want keys of at least 9 characters; elsewhere `@i18n@1` is fine. */
export function readI18n(resources: unknown, shortest = shortestKey): I18nTexts {
  const locales = Array.isArray(resources) ? (resources as Body[]) : []
  const main = locales.find((one) => one.is_default === true)
  if (!main) throw approvalFailure(1390001, 'i18n_resources needs a default locale')
  const texts = new Map(locales.map((one) => [String(one.locale), textsOf(one.texts)]))
  const defaults = textsOf(main.texts)
  const collected: I18nTexts['collected'] = {}
  return {
    collected,
    of(key, place) {
      if (typeof key !== 'string' || !key.startsWith('@i18n@') || key.length < shortest)
        throw approvalFailure(
          1390001,
          `${String(key)} must be an @i18n@ key of at least ${shortest} characters`,
        )
      const found = defaults.get(key)
      if (found === undefined) throw approvalFailure(1390001, `${key} has no text in the default locale`)
      if (place !== undefined)
        for (const [locale, known] of texts) {
          const text = known.get(key)
          if (text !== undefined) collected[locale] = { ...collected[locale], [place]: text }
        }
      return found
    },
  }
}

/** A list of `{key, value}`, or (bot messages) an object. */
function textsOf(texts: unknown): Map<string, string> {
  if (Array.isArray(texts))
    return new Map((texts as Body[]).map((entry) => [String(entry.key), String(entry.value)]))
  return new Map(Object.entries((texts ?? {}) as Body).map(([key, value]) => [key, String(value)]))
}
