import { masked } from '../kit/masked.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'

const dropped: Keep = () => undefined

const kept = new Map<string, Keep>([
  ['fullname', masked],
  ['mobile', masked],
  ['telephone', masked],
  ['buyerName', masked],
  ['buyerId', dropped],
  ['pin', dropped],
  ['userPin', dropped],
  ['fullAddress', dropped],
  ['invoiceInfo', dropped],
  ['invoiceCode', dropped],
])

/** Members that hold the buyer's invoice, never read here. */
const invoices = new Set(['invoiceEasyInfo', 'invoiceInfo', 'vatInfo'])

/** A copy without what must not be stored of people. */
export function scrub(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return withoutPersonalData(record, kept)
  const read = Object.entries(record).filter(([name]) => !invoices.has(name))
  return withoutPersonalData(Object.fromEntries(read), kept)
}
