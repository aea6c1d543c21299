import { masked } from '../kit/masked.ts'
import { maskedCode } from '../kit/masked-code.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'

/** Whoever knows a code can redeem it. */
const known = new Map<string, Keep>([
  ['phone', masked],
  ['code', (text) => (text === '' ? '' : maskedCode(text))],
  ['secret_number', () => undefined],
])

/** Contacts keep masked names and numbers; receivers with their places go altogether. */
export const scrub = (record: unknown): unknown => withoutPersonalData(withMaskedNames(record), known)

/** Products have a `name` too, so only that of contacts is masked. */
function withMaskedNames(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return record
  const { contacts } = record as { contacts?: unknown }
  if (!Array.isArray(contacts)) return record
  return { ...record, contacts: contacts.map(maskedContact) }
}

function maskedContact(contact: unknown): unknown {
  if (typeof contact !== 'object' || contact === null) return contact
  const { name } = contact as { name?: unknown }
  return typeof name === 'string' ? { ...contact, name: masked(name) ?? '' } : contact
}
