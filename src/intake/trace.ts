import { randomFillSync } from 'node:crypto'

/** Crockford's base 32: no letters that people confuse. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

const length = 12
/** Drawn in bulk: asking for a few bytes costs as much as asking for thousands. */
const pool = new Uint8Array(256 * length)
let used = pool.length

/** A trace id: 12 characters (60 bits), short enough to be read from a card to a colleague. */
export function createTrace(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let text = ''
  for (const end = used + length; used < end; used += 1) text += alphabet[(pool[used] ?? 0) & 31]
  return text
}
