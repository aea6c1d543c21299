/** Decisions of the shop about an after-sale. Xiaohongshu docs: 售后审核 (afterSale.auditReturns). */
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { callShop, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { kindOf } from './normalize-refund.ts'
import { type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

interface Operation {
  action: 1 | 2 | 3
  kinds: readonly string[]
  reached: readonly RefundStage[]
  checksAmount: boolean
  /** Beside number and action. */
  fields(deps: Deps, command: RefundCommand): Record<string, unknown>
}

const paying: readonly RefundStage[] = ['agreed', 'refunding', 'refunded']

/** Agrees to a refund without return: the platform pays the buyer. */
export function agreeRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return audit(deps, command, {
    action: 1,
    kinds: ['refund-only'],
    reached: paying,
    checksAmount: true,
    fields: () => ({}),
  })
}

/** The buyer may send the goods back to the configured address; no money moves yet. */
export function agreeReturn(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return audit(deps, command, {
    action: 2,
    kinds: ['return-and-refund'],
    reached: ['waiting-return', ...paying],
    checksAmount: false,
    // The kit writes it as an exact number.
    fields: ({ config }) => ({
      receiverInfo: { sellerAddressRecordId: BigInt(config.returnAddressId ?? '0') },
    }),
  })
}

/** Refuses. UNVERIFIED: that the reason may be left out; the platform lists reasons with `afterSale.rejectReasons`. */
export function refuseRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return audit(deps, command, {
    action: 3,
    kinds: ['refund-only', 'return-and-refund'],
    reached: ['refused'],
    checksAmount: false,
    fields: (_deps, { rejectReasonCode, reason, remark }) => ({
      ...(/^\d{1,9}$/.test(rejectReasonCode ?? '') ? { reason: Number(rejectReasonCode) } : {}),
      description: reason || remark,
    }),
  })
}

function audit(deps: Deps, command: RefundCommand, operation: Operation): Promise<CommandResult> {
  return decide<RefundRecord>({
    connector: connectorId,
    label: '平台',
    ref: command.ref,
    read: () => readState(deps, command.ref),
    versionOf: (refund) => refund.updatedAt,
    isReached: (refund) => operation.reached.includes(stageOf(refund)),
    obstacleTo: (refund) => obstacleTo(deps, refund, { command, operation }),
    act: async (refund) => {
      const fields = {
        returnsId: refund.returnsId,
        action: operation.action,
        message: command.remark,
        ...operation.fields(deps, command),
      }
      await callShop(deps, { method: 'afterSale.auditReturns', fields, reads: false })
      return undefined
    },
    describe,
  })
}

function obstacleTo(
  deps: Deps,
  refund: RefundRecord,
  { command, operation }: { command: RefundCommand; operation: Operation },
): Obstacle | undefined {
  if (!operation.kinds.includes(kindOf(refund)))
    return { code: 'refund_type_not_supported', message: '这类售后单不能通过接口处理，请到千帆后台操作' }
  if (stageOf(refund) !== 'requested')
    return { code: 'refund_stage_not_open', message: `售后单当前为「${statusTextOf(refund)}」，已不能处理` }
  if (operation.action === 2 && deps.config.returnAddressId === undefined)
    return { code: 'refund_return_address_missing', message: '没有配置退货地址 returnAddressId，请补上' }
  if (operation.checksAmount && refund.amount !== command.amount)
    return { code: 'refund_amount_changed', message: '退款金额已变化，与审批金额不一致，需要重新审批' }
  return undefined
}

async function readState(deps: Deps, ref: string): Promise<RefundRecord | null> {
  const record = await fetchRecord('refunds', ref, deps)
  return record === null ? null : readRefund(record)
}

function describe(refund: RefundRecord): Record<string, unknown> {
  return {
    ref: refund.returnsId,
    stage: stageOf(refund),
    status: refund.status,
    refundStatus: refund.refundStatus ?? '',
    amount: refund.amount,
    version: refund.updatedAt,
  }
}
