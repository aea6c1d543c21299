import { isDeepStrictEqual } from 'node:util'
import type { Link } from '#src/contracts/table.ts'
import { type Codec, isRecord, looseJson, refused } from './codec.ts'
import { clean } from './text.ts'

const read = (wire: unknown): Link | undefined => {
  if (typeof wire === 'string') return wire === '' ? undefined : { text: wire, url: wire }
  if (!isRecord(wire) || typeof wire.link !== 'string' || wire.link === '') return undefined
  const text = typeof wire.text === 'string' && wire.text !== '' ? wire.text : wire.link
  return { text, url: wire.link }
}

export const linkCodec: Codec = {
  expected: () => '{ text, url } with a complete address',
  normal(value) {
    if (!isRecord(value) || typeof value.url !== 'string' || typeof value.text !== 'string') return refused
    if (!URL.canParse(value.url) || value.url !== clean(value.url)) return refused
    return { text: clean(value.text) || value.url, url: value.url }
  },
  toWire(value) {
    const { text, url } = value as Link
    return { text, link: url }
  },
  fromWire: read,
  fromEvent: (text) => (text === '' ? undefined : read(looseJson(text))),
  same: (a, b) => isDeepStrictEqual(a, b),
}
