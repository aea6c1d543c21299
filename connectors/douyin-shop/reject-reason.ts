import { z } from 'zod'
import { readEnvelope } from '../kit/read-reply.ts'
import { callShop, connectorId, type Deps } from './api.ts'
import { code, optionalCode, optionalText } from './wire.ts'

export interface Refusing {
  /** The code somebody chose; used only when the platform offers it for this after-sale. */
  wantedCode: string | undefined
}

export interface RejectReason {
  code: number
  reason: string
}

const reasons = z.object({
  items: z
    .array(
      z.object({
        reject_reason_code: code,
        reason: optionalText,
        evidence_need: optionalText,
        order_type: optionalCode,
        pkg: optionalCode,
      }),
    )
    .nullish(),
})

/**
 * A reason the platform accepts for this after-sale: the wanted one, else the first that needs no evidence (pictures
 * cannot be sent from an approval). Undefined when there is none; for unshipped orders the platform's list may be empty.
 */
export async function rejectReason(
  deps: Deps,
  { id }: { id: string },
  { wantedCode }: Refusing,
): Promise<RejectReason | undefined> {
  const path = '/afterSale/rejectReasonCodeList'
  // The platform's model types this id as a 64-bit integer here, as text elsewhere.
  const aftersaleId = /^\d+$/.test(id) ? BigInt(id) : id
  const { data } = await callShop(deps, { path, param: { aftersale_id: aftersaleId }, reads: true })
  const offered = readEnvelope(reasons, data, { connector: connectorId, operation: path }).items ?? []
  const usable = offered.filter((one) => one.evidence_need !== 'Y')
  const chosen = usable.find((one) => String(one.reject_reason_code) === wantedCode) ?? usable[0]
  return chosen && { code: chosen.reject_reason_code, reason: chosen.reason ?? '商家拒绝' }
}
