import { z } from 'zod'
import type { Voucher, VoucherState } from '#src/contracts/canonical.ts'
import { optionalCode, optionalText, optionalTime } from './wire.ts'

/** One certificate as `/order/orderDetail` lists it; `/order/searchList` does not carry them. */
export const writeoff = z.object({
  writeoff_no: optionalText,
  writeoff_no_mask: optionalText,
  writeoff_start_time: optionalTime,
  writeoff_expire_time: optionalTime,
  writeoff_status: optionalCode,
  writeoff_status_desc: optionalText,
  writtenoff_count: optionalCode,
  writeoff_total_count: optionalCode,
})
type Writeoff = z.infer<typeof writeoff>

export interface VoucherLine {
  lineId: string
  certificates: readonly Writeoff[]
  bookedAt: number | undefined
  verifiedAt: number | undefined
  refundedAt: number | undefined
}

/**
 * The certificates of one line. The code itself can be redeemed by whoever knows it, so its masked form names the
 * certificate; equal masks on one line are numbered.
 */
export function vouchersOf(line: VoucherLine): Voucher[] {
  const names = line.certificates.map((one, index) => maskedCode(one) ?? `${line.lineId}-${index + 1}`)
  return line.certificates.map((certificate, index) => {
    const name = names[index] ?? ''
    const earlier = names.slice(0, index).filter((other) => other === name).length
    const state = stateOf(certificate)
    return {
      certificateId: earlier === 0 ? name : `${name}#${earlier + 1}`,
      lineId: line.lineId,
      state,
      ...validity(certificate),
      ...(state === 'booked' && line.bookedAt !== undefined ? { bookedAt: line.bookedAt } : {}),
      ...(state === 'verified' && line.verifiedAt !== undefined ? { verifiedAt: line.verifiedAt } : {}),
      ...(state === 'refunded' && line.refundedAt !== undefined ? { refundedAt: line.refundedAt } : {}),
    }
  })
}

function maskedCode({ writeoff_no_mask: mask, writeoff_no: code }: Writeoff): string | undefined {
  if (mask !== undefined) return mask
  return code === undefined ? undefined : maskVoucherCode(code)
}

/** Whoever knows a code can redeem it. A masked one stays as it is. */
export const maskVoucherCode = (code: string): string =>
  code === '' ? '' : `${code.slice(0, 2)}****${code.slice(-4)}`

function validity(one: Writeoff): { validFrom?: number; validUntil?: number } {
  return {
    ...(one.writeoff_start_time === undefined ? {} : { validFrom: one.writeoff_start_time }),
    ...(one.writeoff_expire_time === undefined ? {} : { validUntil: one.writeoff_expire_time }),
  }
}

/** The text is tried first, longest meaning first: the platform publishes no list of the numbers. */
const statesByText: readonly (readonly [RegExp, VoucherState])[] = [
  [/退款中|退款处理/, 'refunding'],
  [/已退|退款成功|作废/, 'refunded'],
  [/过期/, 'expired'],
  [/未使用|未核销|待核销|待使用/, 'paid'],
  [/已使用|已核销|核销成功/, 'verified'],
  [/已预约|预约成功/, 'booked'],
]

/** UNVERIFIED except 3, the example of the platform's own field list (已使用). */
const statesByNumber: Record<number, VoucherState> = {
  1: 'paid',
  2: 'booked',
  3: 'verified',
  4: 'refunded',
  5: 'expired',
}

function stateOf(one: Writeoff): VoucherState {
  const text = one.writeoff_status_desc ?? ''
  const byText = statesByText.find(([pattern]) => pattern.test(text))
  if (byText) return byText[1]
  const total = one.writeoff_total_count ?? 0
  if (total > 0 && (one.writtenoff_count ?? 0) >= total) return 'verified'
  return statesByNumber[one.writeoff_status ?? 0] ?? 'paid'
}
