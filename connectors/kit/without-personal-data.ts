import { maskedWords } from './masked-words.ts'

/** How the text of a member is kept; undefined: not at all. */
export type Keep = (text: string) => string | undefined

/** Members that hold personal data on every platform seen so far, sealed (decryptable) or plain. What is masked may stay. */
const personal =
  /encrypt|id_?card|idcard|(?:^|_)(?:tel|phone|mobile|addr|address|receiver|consignee|email)(?:_|$)|^(?:tel|phone|mobile|addr|address|detail_address)/i
const masks = /^(?:mask_|desensiti[sz]e)/i
/** What people write freely. */
const words = /(?:words|message|remarks?|memo|note|comment|content)$|reason|question_/i
/** Deeper than any platform nests; what lies below is not kept. */
const deepest = 40

/** By the member's name. */
type Known = ReadonlyMap<string, Keep>

type Kind = 'personal' | 'words' | 'other'

/** Platforms use a few hundred names, in every record anew. */
const kinds = new Map<string, Kind>()
const mostKinds = 5_000

function kindOf(name: string): Kind {
  const known = kinds.get(name)
  if (known !== undefined) return known
  const kind = personal.test(name) && !masks.test(name) ? 'personal' : words.test(name) ? 'words' : 'other'
  if (kinds.size < mostKinds) kinds.set(name, kind)
  return kind
}

/**
 * A copy of a record without what must not be kept. `known` says how members that are read are kept (masked, say);
 * other members with personal names are dropped, numbers in what people wrote are masked, everything else stays.
 */
export function withoutPersonalData(record: unknown, known: Known, depth = 0): unknown {
  if (typeof record !== 'object' || record === null) return record
  if (depth > deepest) return null
  if (Array.isArray(record)) return record.map((one) => withoutPersonalData(one, known, depth + 1))
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(record)) {
    const value = (record as Record<string, unknown>)[name]
    const left = keptMember(name, value, known, depth)
    // A member of this name would set the prototype.
    if (left !== undefined && name !== '__proto__') kept[name] = left
  }
  return kept
}

/** What is left of a member; undefined: nothing. */
function keptMember(name: string, value: unknown, known: Known, depth: number): unknown {
  const keep = known.get(name)
  if (keep !== undefined && (typeof value === 'string' || typeof value === 'number'))
    return keep(String(value))
  const kind = kindOf(name)
  if (kind === 'personal') return value === '' ? value : undefined
  if (typeof value === 'object') return withoutPersonalData(value, known, depth + 1)
  return kind === 'words' && typeof value === 'string' ? maskedWords(value) : value
}
