/** Decisions of the shop about a refund. PDD docs: 售后API. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { call, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { kindOf } from './normalize-refund.ts'
import { isOpen, type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'
import { textOfRef } from './refund-ref.ts'

interface Operation {
  type: string
  kind: 'refund-only' | 'return-and-refund'
  reached: readonly RefundStage[]
  fields?: Record<string, string>
}

/** Agrees to a refund without return: the platform pays the buyer. */
export function agreeRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, {
    type: 'pdd.refund.agree',
    kind: 'refund-only',
    reached: ['refunding', 'refunded'],
  })
}

/** The buyer may send the goods back; no money moves yet. UNVERIFIED: the parameters beside those of agreeing. */
export async function agreeReturn(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  const { returnAddressId } = deps.config
  if (returnAddressId === undefined)
    return {
      outcome: 'refused',
      code: 'refund_address_missing',
      message: '没有配置退货地址（returnAddressId），请到拼多多商家后台同意退货',
      detail: { ref: command.ref },
    }
  return operate(deps, command, {
    type: 'pdd.refund.returngoods.agree',
    kind: 'return-and-refund',
    reached: ['waiting-return', 'refunding', 'refunded'],
    fields: { return_address_id: returnAddressId },
  })
}

function operate(deps: Deps, command: RefundCommand, operation: Operation): Promise<CommandResult> {
  return decide<RefundRecord>({
    connector: connectorId,
    label: '平台',
    ref: command.ref,
    read: async () => {
      const record = await fetchRecord('refunds', command.ref, deps)
      return record === null ? null : readRefund(record)
    },
    versionOf: (refund) => `${refund.updated_time} ${refund.after_sales_status}`,
    isReached: (refund) => operation.reached.includes(stageOf(refund)),
    obstacleTo: (refund) => obstacleTo(refund, command, operation),
    act: async (refund) => {
      await send(deps, refund, { command, operation })
      return undefined
    },
    describe,
  })
}

function obstacleTo(
  refund: RefundRecord,
  command: RefundCommand,
  operation: Operation,
): Obstacle | undefined {
  if (kindOf(refund) !== operation.kind)
    return {
      code: 'refund_type_not_supported',
      message: '这类售后单不能通过接口处理，请到拼多多商家后台操作',
    }
  if (!isOpen(refund))
    return { code: 'refund_stage_not_open', message: `售后单当前为「${statusTextOf(refund)}」，已不能处理` }
  if (refund.refund_amount !== command.amount)
    return { code: 'refund_amount_changed', message: '退款金额已变化，与审批金额不一致，需要重新审批' }
  return undefined
}

const result = z.object({
  succ: z.boolean().nullish(),
  success: z.boolean().nullish(),
  message: z.string().nullish(),
})
const answer = z
  .object({ response: z.unknown(), result: result.nullish() })
  .transform((reply) => reply.result ?? z.object({ result }).safeParse(reply.response).data?.result)

/** What goes wrong in the shop's own terms comes as `succ: false` inside an answer that looks like any other. */
async function send(
  deps: Deps,
  refund: RefundRecord,
  { command, operation }: { command: RefundCommand; operation: Operation },
): Promise<void> {
  const { type } = operation
  const request = {
    after_sales_id: refund.id,
    order_sn: refund.order_sn,
    operate_desc: command.remark,
    ...operation.fields,
  }
  const { reply } = await call(deps, { type, fields: { request }, reads: false })
  const said = readEnvelope(answer, reply, { connector: connectorId, operation: type })
  if (said === undefined || (said.succ ?? said.success) !== false) return
  const message = said.message ?? '平台拒绝了这次操作，请到拼多多商家后台处理'
  throw new AppError('connector_request_refused', message, {
    outcome: 'refused',
    context: { code: 'succ_false', message },
  })
}

function describe(refund: RefundRecord): Record<string, unknown> {
  return {
    ref: textOfRef({ orderSn: refund.order_sn, id: refund.id }),
    stage: stageOf(refund),
    status: refund.after_sales_status,
    amount: refund.refund_amount,
    version: refund.updated_time,
  }
}
