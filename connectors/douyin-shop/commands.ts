/** Decisions of the shop about an after-sale: read its state, act only when it still waits, read again. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callShop, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { type AfterSale, readAfterSale } from './normalize-refund.ts'
import { refundStage } from './refund-stage.ts'
import { type Refusing, rejectReason } from './reject-reason.ts'
import { optionalCode, optionalText } from './wire.ts'

/** Platform: 操作类型. Others exist but are UNVERIFIED, so they are not offered. */
const operations = { agreeReturn: 101, agreeRefund: 201, refuseRefund: 202 } as const

interface Operation {
  operation: number
  /** 售后类型 the platform accepts this operation for. */
  types: readonly number[]
  /** Stages that mean that the decision was already carried out. */
  reached: readonly RefundStage[]
  /** Whether the money of the command must be the money of the after-sale. */
  checksAmount: boolean
  refusing?: Refusing
}

const agreed: readonly RefundStage[] = ['agreed', 'refunding', 'refunded']

/** 201 同意仅退款: the platform pays the buyer. Only for after-sales without a return. */
export function agreeRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, {
    operation: operations.agreeRefund,
    types: [1, 2],
    reached: agreed,
    checksAmount: true,
  })
}

/** 202 拒绝仅退款; needs one of the platform's reasons, and cannot bring evidence. */
export async function refuseRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, {
    operation: operations.refuseRefund,
    types: [1, 2],
    reached: ['refused'],
    checksAmount: false,
    refusing: { wantedCode: command.rejectReasonCode },
  })
}

/** 101 同意退货: the buyer may send the goods back; no money moves yet. */
export function agreeReturn(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, {
    operation: operations.agreeReturn,
    types: [0],
    reached: ['waiting-return', ...agreed],
    checksAmount: false,
  })
}

function operate(deps: Deps, command: RefundCommand, operation: Operation): Promise<CommandResult> {
  return decide<AfterSale>({
    connector: connectorId,
    label: '平台',
    ref: command.ref,
    read: () => readState(deps, command.ref),
    versionOf: (item) => item.updatedAt,
    isReached: (item) => operation.reached.includes(stageOf(item)),
    obstacleTo: (item) => obstacleTo(operation, item, command),
    act: async (item) => {
      const entry = await entryFor(deps, item, { command, operation })
      if (entry === undefined)
        return { code: 'reject_reason_missing', message: '平台没有无需凭证的拒绝原因，请到抖店后台拒绝' }
      await send(deps, operation.operation, entry)
      return undefined
    },
    describe,
  })
}

function obstacleTo(operation: Operation, item: AfterSale, command: RefundCommand): Obstacle | undefined {
  if (!operation.types.includes(item.type))
    return { code: 'refund_type_not_supported', message: '这类售后单不能通过接口处理，请到抖店后台操作' }
  if (stageOf(item) !== 'requested')
    return {
      code: 'refund_stage_not_open',
      message: `售后单当前为「${item.statusText ?? item.status}」，已不能处理`,
    }
  if (operation.checksAmount && item.amount !== command.amount)
    return { code: 'refund_amount_changed', message: '售后金额已变化，与审批金额不一致，需要重新审批' }
  return undefined
}

type Entry = Record<string, unknown>

/**
 * One element of `items`; `update_time` makes the platform refuse a decision about an outdated version. Undefined when
 * the platform offers no reason to refuse with.
 */
async function entryFor(
  deps: Deps,
  item: AfterSale,
  { command, operation }: { command: RefundCommand; operation: Operation },
): Promise<Entry | undefined> {
  const common = { aftersale_id: item.id, update_time: item.updatedAt / 1000 }
  if (operation.refusing) {
    const reason = await rejectReason(deps, item, operation.refusing)
    if (reason === undefined) return undefined
    const remark = command.remark || command.reason || reason.reason
    const words = { reason: command.reason || reason.reason, remark }
    return { ...common, ...words, reject_reason_code: reason.code }
  }
  const address = deps.config.returnAddressId
  const returns = operation.operation === operations.agreeReturn && address !== undefined
  const logistics = returns ? { logistics: { receiver_address_id: BigInt(address) } } : {}
  return { ...common, reason: command.reason, remark: command.remark, ...logistics }
}

const operated = z.object({
  items: z.array(z.object({ status_code: optionalCode, status_msg: optionalText })).nullish(),
})

async function send(deps: Deps, type: number, entry: Entry): Promise<void> {
  const path = '/afterSale/operate'
  const { data } = await callShop(deps, { path, param: { type, items: [entry] }, reads: false })
  const item = readEnvelope(operated, data, { connector: connectorId, operation: path }).items?.[0]
  // UNVERIFIED: 0 as the result code of one item that succeeded.
  if (!item?.status_code) return
  const message = item.status_msg ?? ''
  throw new AppError('connector_request_refused', message, {
    outcome: 'refused',
    context: { code: String(item.status_code), message },
  })
}

async function readState(deps: Deps, ref: string): Promise<AfterSale | null> {
  const record = await fetchRecord('refunds', ref, deps)
  return record === null ? null : readAfterSale(record)
}

function stageOf(item: AfterSale): RefundStage {
  return refundStage(item.status, item.refundStatus)
}

function describe(item: AfterSale): Record<string, unknown> {
  return {
    ref: item.id,
    stage: stageOf(item),
    status: item.status,
    refundStatus: item.refundStatus ?? null,
    amount: item.amount,
    version: item.updatedAt,
  }
}
