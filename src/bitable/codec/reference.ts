import { type Codec, isRecord, looseJson, refused } from './codec.ts'

const firstId = (wire: unknown): string | undefined => {
  const first = Array.isArray(wire) ? wire[0] : wire
  if (typeof first === 'string') return first === '' ? undefined : first
  return isRecord(first) && typeof first.id === 'string' && first.id !== '' ? first.id : undefined
}

const reference = (pattern: RegExp, expected: string): Codec => ({
  expected: () => expected,
  normal(value) {
    if (value === '') return undefined
    return typeof value === 'string' && pattern.test(value) ? value : refused
  },
  toWire: (value) => [{ id: value }],
  fromWire: firstId,
  fromEvent: (text, cell) => cell.people[0] ?? (text === '' ? undefined : firstId(looseJson(text))),
  same: (a, b) => a === b,
})

export const personCodec = reference(/^ou_[\w-]{1,100}$/, 'an open_id (ou_…) of this app')
export const groupCodec = reference(/^oc_[\w-]{1,100}$/, 'a chat_id (oc_…)')
