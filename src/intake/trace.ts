import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no letters that people confuse. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A trace id: 12 characters (60 bits), short enough to be read from a card to a colleague. */
export function createTrace(): string {
  let text = ''
  for (const byte of randomBytes(12)) text += alphabet[byte & 31]
  return text
}
