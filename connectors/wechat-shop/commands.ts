/** Decisions of the shop about a refund. WeChat docs: 微信小店 售后管理. */
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { call, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { isOpen, kindOf, type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

interface Operation {
  path: string
  kind: 'refund-only' | 'return-and-refund'
  reached: readonly RefundStage[]
  checksAmount: boolean
  fields?: Record<string, unknown>
}

const accept = '/channels/ec/aftersale/acceptapply'
const reject = '/channels/ec/aftersale/rejectapply'
/** UNVERIFIED: how long a refusal's words may be. */
const longestWords = 200

/** Agrees to a refund without return: the platform pays the buyer. */
export function agreeRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, {
    path: accept,
    kind: 'refund-only',
    reached: ['refunding', 'refunded'],
    checksAmount: true,
  })
}

/** The buyer may send the goods back; no money moves yet. */
export async function agreeReturn(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  const { returnAddressId: address_id } = deps.config
  if (address_id === undefined)
    return missing(command, {
      code: 'refund_address_missing',
      message: '没有配置退货地址（returnAddressId），请到微信小店后台同意退货',
    })
  return operate(deps, command, {
    path: accept,
    kind: 'return-and-refund',
    reached: ['waiting-return', 'refunding', 'refunded'],
    checksAmount: true,
    fields: { address_id },
  })
}

/** Refuses with one of the platform's reasons; the buyer reads the words. */
export async function refuseRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  const reason = command.rejectReasonCode ?? deps.config.rejectReasonType
  if (reason === undefined || !/^\d{1,9}$/.test(reason))
    return missing(command, {
      code: 'refund_reject_reason_missing',
      message: '没有拒绝原因编码（rejectReasonType），请到微信小店后台拒绝',
    })
  return operate(deps, command, {
    path: reject,
    kind: command.kind === 'return-and-refund' ? 'return-and-refund' : 'refund-only',
    reached: ['refused'],
    checksAmount: false,
    fields: {
      reject_reason: (command.reason || command.remark).slice(0, longestWords),
      reject_reason_type: Number(reason),
    },
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
    versionOf: (refund) => `${refund.update_time} ${refund.status}`,
    isReached: (refund) => kindOf(refund) === operation.kind && operation.reached.includes(stageOf(refund)),
    obstacleTo: (refund) => obstacleTo(refund, command, operation),
    act: async ({ after_sale_order_id }) => {
      const body = { after_sale_order_id, ...operation.fields }
      await call(deps, { path: operation.path, body, reads: false })
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
      message: '这类售后单不能通过接口处理，请到微信小店后台操作',
    }
  if (!isOpen(refund))
    return { code: 'refund_stage_not_open', message: `售后单当前为「${statusTextOf(refund)}」，已不能处理` }
  if (operation.checksAmount && refund.refund_info.amount !== command.amount)
    return { code: 'refund_amount_changed', message: '退款金额已变化，与审批金额不一致，需要重新审批' }
  return undefined
}

function describe(refund: RefundRecord): Record<string, unknown> {
  return {
    ref: refund.after_sale_order_id,
    stage: stageOf(refund),
    status: refund.status,
    amount: refund.refund_info.amount,
    version: refund.update_time,
  }
}
