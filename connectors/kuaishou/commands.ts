/** Decisions of the shop about a refund. Kuaishou docs: 售后API. */
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { call, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { kindOf } from './normalize-refund.ts'
import { isOpen, type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

interface Operation {
  kind: 'refund-only' | 'return-and-refund'
  reached: readonly RefundStage[]
  checksAmount: boolean
  send(refund: RefundRecord): { method: string; param: Record<string, unknown> }
}

const longestWords = 200

/** Agrees to a refund without return: the platform pays the buyer. */
export function agreeRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  const isDirect = deps.config.agreeWith === 'direct-refund'
  return operate(deps, command, {
    kind: 'refund-only',
    reached: ['refunding', 'refunded'],
    checksAmount: true,
    send: (refund) => (isDirect ? directRefund(refund) : approval(refund, command)),
  })
}

function approval(refund: RefundRecord, command: RefundCommand): ReturnType<Operation['send']> {
  const param = {
    refundId: BigInt(refund.refundId),
    refundAmount: refund.refundFee,
    status: refund.status,
    negotiateStatus: refund.negotiateStatus,
    refundHandingWay: refund.handlingWay,
    desc: command.remark.slice(0, longestWords),
  }
  return { method: 'open.seller.order.refund.approve', param }
}

/** The version makes the platform refuse a decision about what has changed since. */
function directRefund(refund: RefundRecord): ReturnType<Operation['send']> {
  const param = { refundId: BigInt(refund.refundId), refundVersion: refund.updateTime }
  return { method: 'open.refund.direct.refund', param }
}

/** Refuses with one of the platform's reasons; the buyer reads it and may change the request. */
export async function refuseRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  const reason = command.rejectReasonCode ?? deps.config.rejectReasonCode
  if (reason === undefined || !/^\d+$/.test(reason))
    return missing(command, {
      code: 'refund_reject_reason_missing',
      message: '没有拒绝原因编码（rejectReasonCode），请到快手小店后台拒绝',
    })
  return operate(deps, command, {
    kind: command.kind === 'return-and-refund' ? 'return-and-refund' : 'refund-only',
    reached: ['refused'],
    checksAmount: false,
    send: (refund) => ({
      method: 'open.refund.reject',
      param: {
        refundId: BigInt(refund.refundId),
        reasonCode: Number(reason),
        rejectDesc: (command.reason || command.remark).slice(0, longestWords),
        refundVersion: refund.updateTime,
      },
    }),
  })
}

/** The buyer may send the goods back; no money moves yet. UNVERIFIED: its parameters, known from one public SDK. */
export async function agreeReturn(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  const { returnAddressId } = deps.config
  if (returnAddressId === undefined)
    return missing(command, {
      code: 'refund_address_missing',
      message: '没有配置退货地址（returnAddressId），请到快手小店后台同意退货',
    })
  return operate(deps, command, {
    kind: 'return-and-refund',
    reached: ['waiting-return', 'refunding', 'refunded'],
    checksAmount: true,
    send: (refund) => ({
      method: 'open.seller.order.refund.returngoods.approve',
      param: {
        refundId: BigInt(refund.refundId),
        refundAmount: refund.refundFee,
        addressId: BigInt(returnAddressId),
      },
    }),
  })
}

function missing(command: RefundCommand, obstacle: Obstacle): CommandResult {
  return { outcome: 'refused', ...obstacle, detail: { ref: command.ref } }
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
    versionOf: (refund) => refund.updateTime,
    isReached: (refund) => operation.reached.includes(stageOf(refund)),
    obstacleTo: (refund) => obstacleTo(refund, command, operation),
    act: async (refund) => {
      await call(deps, { ...operation.send(refund), reads: false })
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
      message: '这类售后单不能通过接口处理，请到快手小店后台操作',
    }
  if (!isOpen(refund))
    return { code: 'refund_stage_not_open', message: `售后单当前为「${statusTextOf(refund)}」，已不能处理` }
  if (operation.checksAmount && refund.refundFee !== command.amount)
    return { code: 'refund_amount_changed', message: '退款金额已变化，与审批金额不一致，需要重新审批' }
  return undefined
}

function describe(refund: RefundRecord): Record<string, unknown> {
  return {
    ref: refund.refundId,
    stage: stageOf(refund),
    status: refund.status,
    amount: refund.refundFee,
    version: refund.updateTime,
  }
}
