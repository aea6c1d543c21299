import { withoutPersonalData } from '../kit/without-personal-data.ts'

/** Whole members about people, never read here: travellers carry passports. */
const people = /^(?:travell?ers?|contactors?|contacts?|contact_.*|guests?|guest_.*|buyer_info|buyer_nick)$/i
const deepest = 40

/** A copy without what must not be stored of people. */
export function scrub(record: unknown): unknown {
  return withoutPersonalData(withoutPeople(record, 0), new Map())
}

function withoutPeople(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return null
  if (Array.isArray(value)) return value.map((one) => withoutPeople(one, depth + 1))
  const kept = Object.entries(value).filter(([name]) => !people.test(name) && name !== '__proto__')
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutPeople(one, depth + 1)]))
}
