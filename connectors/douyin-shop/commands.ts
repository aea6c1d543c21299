/** Decisions of the shop about an after-sale: read its state, act only when it still waits, read again. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callShop, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { type AfterSale, readAfterSale } from './normalize-refund.ts'
import { refundStage } from './refund-stage.ts'
import { type Refusing, rejectReason } from './reject-reason.ts'
import { optionalCode, optionalText } from './wire.ts'

/** Platform: 操作类型. Others exist but are UNVERIFIED, so they are not offered. */
const operations = { agreeReturn: 101, agreeRefund: 201, refuseRefund: 202 } as const

interface Decision {
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
  return decide(deps, command, {
    operation: operations.agreeRefund,
    types: [1, 2],
    reached: agreed,
    checksAmount: true,
  })
}

/** 202 拒绝仅退款; needs one of the platform's reasons, and cannot bring evidence. */
export async function refuseRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return decide(deps, command, {
    operation: operations.refuseRefund,
    types: [1, 2],
    reached: ['refused'],
    checksAmount: false,
    refusing: { wantedCode: command.rejectReasonCode },
  })
}

/** 101 同意退货: the buyer may send the goods back; no money moves yet. */
export function agreeReturn(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return decide(deps, command, {
    operation: operations.agreeReturn,
    types: [0],
    reached: ['waiting-return', ...agreed],
    checksAmount: false,
  })
}

async function decide(deps: Deps, command: RefundCommand, decision: Decision): Promise<CommandResult> {
  const before = await readState(deps, command.ref)
  if (before === null) return refused('refund_unknown', '平台查不到这张售后单', { ref: command.ref })
  if (decision.reached.includes(stageOf(before))) return done(before, true)
  const obstacle = obstacleTo(decision, before, command)
  if (obstacle) return obstacle
  const entry = await entryFor(deps, before, { command, decision })
  if ('refusal' in entry) return entry.refusal
  const failure = await operate(deps, decision.operation, entry.entry)
  return settle(deps, { before, decision, failure })
}

function obstacleTo(decision: Decision, item: AfterSale, command: RefundCommand): CommandResult | undefined {
  const detail = describe(item)
  if (!decision.types.includes(item.type)) {
    return refused('refund_type_not_supported', '这类售后单不能通过接口处理，请到抖店后台操作', detail)
  }
  if (stageOf(item) !== 'requested') {
    return refused(
      'refund_stage_not_open',
      `售后单当前为「${item.statusText ?? item.status}」，已不能处理`,
      detail,
    )
  }
  if (decision.checksAmount && item.amount !== command.amount) {
    return refused('refund_amount_changed', '售后金额已变化，与审批金额不一致，需要重新审批', detail)
  }
  return undefined
}

type Entry = Record<string, unknown>

/** One element of `items`; `update_time` makes the platform refuse a decision about an outdated version. */
async function entryFor(
  deps: Deps,
  item: AfterSale,
  { command, decision }: { command: RefundCommand; decision: Decision },
): Promise<{ entry: Entry } | { refusal: CommandResult }> {
  const common = { aftersale_id: item.id, update_time: item.updatedAt / 1000 }
  if (decision.refusing) {
    const reason = await rejectReason(deps, item, decision.refusing)
    if (reason === undefined) {
      const message = '平台没有无需凭证的拒绝原因，请到抖店后台拒绝'
      return { refusal: refused('reject_reason_missing', message, describe(item)) }
    }
    const remark = command.remark || command.reason || reason.reason
    const words = { reason: command.reason || reason.reason, remark }
    return { entry: { ...common, ...words, reject_reason_code: reason.code } }
  }
  const address = deps.config.returnAddressId
  const returns = decision.operation === operations.agreeReturn && address !== undefined
  const logistics = returns ? { logistics: { receiver_address_id: BigInt(address) } } : {}
  return { entry: { ...common, reason: command.reason, remark: command.remark, ...logistics } }
}

const operated = z.object({
  items: z.array(z.object({ status_code: optionalCode, status_msg: optionalText })).nullish(),
})

/** Sends the decision. What went wrong is returned, because only reading again tells whether it was applied. */
async function operate(deps: Deps, type: number, entry: Entry): Promise<AppError | undefined> {
  const path = '/afterSale/operate'
  try {
    const { data } = await callShop(deps, { path, param: { type, items: [entry] }, reads: false })
    const item = readEnvelope(operated, data, { connector: connectorId, operation: path }).items?.[0]
    // UNVERIFIED: 0 as the result code of one item that succeeded.
    if (!item?.status_code) return undefined
    return new AppError('connector_request_refused', item.status_msg ?? '', {
      context: { code: String(item.status_code), message: item.status_msg ?? '' },
    })
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

interface Attempt {
  before: AfterSale
  decision: Decision
  failure: AppError | undefined
}

async function settle(deps: Deps, { before, decision, failure }: Attempt): Promise<CommandResult> {
  if (failure?.outcome === 'not-sent' || (failure && isTemporaryRefusal(failure))) throw failure
  const after = await readState(deps, before.id)
  if (after !== null && decision.reached.includes(stageOf(after))) return done(after, false)
  if (failure?.outcome === 'unknown') throw failure
  const moved = after === null || after.updatedAt !== before.updatedAt
  if (failure && !moved) {
    const code = String(failure.context.code ?? failure.code)
    return refused(code, String(failure.context.message ?? failure.message), describe(before))
  }
  throw new AppError('douyin_shop_refund_unsettled', '售后单状态尚未更新，稍后自动重新核对', {
    retry: 'backoff',
    outcome: failure ? 'refused' : 'unknown',
    context: { ref: before.id },
  })
}

/** Limits and rejected tokens: certainly not applied, and worth another try. */
function isTemporaryRefusal(failure: AppError): boolean {
  return failure.outcome === 'refused' && failure.retry !== 'never'
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

function done(item: AfterSale, already: boolean): CommandResult {
  return { outcome: 'done', already, detail: describe(item) }
}

function refused(code: string, message: string, detail: Record<string, unknown>): CommandResult {
  return { outcome: 'refused', code, message, detail }
}
