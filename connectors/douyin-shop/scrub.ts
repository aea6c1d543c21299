import { masked } from '../kit/masked.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'
import { maskVoucherCode } from './vouchers.ts'

const known = new Map<string, Keep>([
  ['mask_post_receiver', masked],
  ['mask_post_tel', masked],
  ['writeoff_no', maskVoucherCode],
])

/** The platform sends receivers masked and sealed (`encrypt_…`): the sealed ones, and addresses, are not kept. */
export const scrub = (record: unknown): unknown => withoutPersonalData(record, known)
