import { masked } from '../kit/masked.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'

const asIs = (text: string) => text

const known = new Map<string, Keep>([
  ['receiver_name', masked],
  ['receiver_mobile', masked],
  ['receiver_province', asIs],
  ['receiver_city', asIs],
  ['receiver_district', asIs],
  ['buyer_nick', masked],
  ['buyer_name', masked],
  ['pay_account', masked],
  ['pay_id', () => undefined],
])

/** The ERP shows receivers as the platforms gave them, masked or not. */
export const scrub = (record: unknown): unknown => withoutPersonalData(record, known)
