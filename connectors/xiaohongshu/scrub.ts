import { masked } from '../kit/masked.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'

const gone: Keep = () => undefined

/** Names here are in camel case. openAddressId could be exchanged for the receiver. */
const known = new Map<string, Keep>([
  ['receiverName', masked],
  ['receiverPhone', masked],
  ['receiverMobile', masked],
  ['receiverAddress', gone],
  ['receiverDetailAddress', gone],
  ['openAddressId', gone],
])

export const scrub = (record: unknown): unknown => withoutPersonalData(record, known)
