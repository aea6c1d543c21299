/** Decisions of the shop about a refund. TOP docs: 退款API. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { optionalText } from '../kit/top/wire.ts'
import { call, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { kindOf } from './normalize-refund.ts'
import { type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

/** Fen one call may pay back. TOP docs: taobao.rp.refunds.agree. */
const mostPaid = { taobao: 600_000, tmall: 1_000_000 }

interface Operation {
  kind: 'refund-only' | 'return-and-refund'
  reached: readonly RefundStage[]
  checksAmount: boolean
  send(deps: Deps, refund: RefundRecord, command: RefundCommand): Promise<void>
}

/** Agrees to a refund without return: the platform pays the buyer. */
export function agreeRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, {
    kind: 'refund-only',
    reached: ['refunded'],
    checksAmount: true,
    send: sendAgree,
  })
}

/** Refuses; the platform asks for a reason that the buyer reads. */
export function refuseRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, {
    kind: 'refund-only',
    reached: ['refused'],
    checksAmount: false,
    send: sendRefuse,
  })
}

/** The buyer may send the goods back, to the shop's default address; no money moves yet. */
export function agreeReturn(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  const reached: readonly RefundStage[] = ['waiting-return', 'refunded']
  return operate(deps, command, { kind: 'return-and-refund', reached, checksAmount: false, send: sendReturn })
}

function operate(deps: Deps, command: RefundCommand, operation: Operation): Promise<CommandResult> {
  return decide<RefundRecord>({
    connector: connectorId,
    label: '平台',
    ref: command.ref,
    read: () => readState(deps, command.ref),
    versionOf: (refund) => `${refund.modified} ${refund.refund_version ?? ''}`,
    isReached: (refund) => operation.reached.includes(stageOf(refund)),
    obstacleTo: (refund) => obstacleTo(deps, refund, { command, operation }),
    act: async (refund) => {
      await operation.send(deps, refund, command)
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
  if (kindOf(refund) !== operation.kind)
    return { code: 'refund_type_not_supported', message: '这类售后单不能通过接口处理，请到千牛后台操作' }
  if (stageOf(refund) !== 'requested')
    return { code: 'refund_stage_not_open', message: `退款单当前为「${statusTextOf(refund)}」，已不能处理` }
  if (!operation.checksAmount) return undefined
  if (refund.refund_fee !== command.amount)
    return { code: 'refund_amount_changed', message: '退款金额已变化，与审批金额不一致，需要重新审批' }
  const most = deps.config.isTmall ? mostPaid.tmall : mostPaid.taobao
  if (refund.refund_fee > most)
    return {
      code: 'refund_over_platform_limit',
      message: `超过平台接口单次 ¥${most / 100} 的上限，请到千牛后台处理`,
    }
  return undefined
}

const agreed = z.object({ msg_code: optionalText, message: optionalText })

/** `refund_id|fen|version|phase`: the platform refuses a decision about an outdated version. */
async function sendAgree(deps: Deps, refund: RefundRecord): Promise<void> {
  const { refund_id, refund_fee, refund_version = '', refund_phase = 'onsale' } = refund
  const method = 'taobao.rp.refunds.agree'
  const { data } = await call(deps, {
    method,
    fields: { refund_infos: `${refund_id}|${refund_fee}|${refund_version}|${refund_phase}` },
    reads: false,
  })
  const reply = readEnvelope(agreed, data ?? {}, { connector: connectorId, operation: method })
  if (reply.msg_code === 'OP_SUCC') return
  // Some shops must confirm with a code sent to their phone: only a person can.
  const message = reply.message ?? '平台要求短信验证码或拒绝了这次操作，请到千牛后台处理'
  throw new AppError('connector_request_refused', message, {
    outcome: 'refused',
    context: { code: reply.msg_code ?? '', message },
  })
}

async function sendRefuse(deps: Deps, refund: RefundRecord, command: RefundCommand): Promise<void> {
  await call(deps, {
    method: 'taobao.refund.refuse',
    fields: {
      refund_id: refund.refund_id,
      refuse_message: command.reason || command.remark,
      refund_phase: refund.refund_phase,
      refund_version: refund.refund_version,
      refuse_reason_id: command.rejectReasonCode,
    },
    reads: false,
  })
}

async function sendReturn(deps: Deps, refund: RefundRecord, command: RefundCommand): Promise<void> {
  await call(deps, {
    method: 'taobao.rp.returngoods.agree',
    fields: {
      refund_id: refund.refund_id,
      remark: command.remark,
      refund_phase: refund.refund_phase,
      refund_version: refund.refund_version,
    },
    reads: false,
  })
}

async function readState(deps: Deps, ref: string): Promise<RefundRecord | null> {
  const record = await fetchRecord('refunds', ref, deps)
  return record === null ? null : readRefund(record)
}

function describe(refund: RefundRecord): Record<string, unknown> {
  return {
    ref: refund.refund_id,
    stage: stageOf(refund),
    status: refund.status,
    amount: refund.refund_fee,
    version: refund.refund_version ?? refund.modified,
  }
}
