/** Decisions of the shop about a refund. UNVERIFIED: all parameters of replyRefund, therefore a switch of the shop. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { assertSuccess, call, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

interface Operation {
  /** The state asked for: 1 审核通过, 2 审核不通过. */
  status: 1 | 2
  reached: readonly RefundStage[]
}

/** Agrees to a refund; JD's finance pays after it. */
export function agreeRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, { status: 1, reached: ['agreed', 'refunded'] })
}

/** Refuses; the buyer reads the remark. */
export function refuseRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return operate(deps, command, { status: 2, reached: ['refused'] })
}

async function operate(deps: Deps, command: RefundCommand, operation: Operation): Promise<CommandResult> {
  if (!deps.config.refundCommands)
    return {
      outcome: 'refused',
      code: 'refund_command_off',
      message: '京东审核退款的接口尚未核实，默认关闭（refundCommands），请到京麦后台处理',
      detail: { ref: command.ref },
    }
  return decide<RefundRecord>({
    connector: connectorId,
    label: '平台',
    ref: command.ref,
    read: async () => {
      const record = await fetchRecord('refunds', command.ref, deps)
      return record === null ? null : readRefund(record)
    },
    versionOf: (refund) => `${refund.checkTime ?? ''} ${refund.status}`,
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
  if (stageOf(refund) !== 'requested')
    return { code: 'refund_stage_not_open', message: `退款单当前为「${statusTextOf(refund)}」，已不能处理` }
  if (operation.status === 1 && refund.applyRefundSum !== command.amount)
    return { code: 'refund_amount_changed', message: '退款金额已变化，与审批金额不一致，需要重新审批' }
  return undefined
}

const reply = z.object({ replyResult: z.unknown().optional() })

async function send(
  deps: Deps,
  refund: RefundRecord,
  { command, operation }: { command: RefundCommand; operation: Operation },
): Promise<void> {
  const method = 'jingdong.pop.afs.soa.refundapply.replyRefund'
  const { data } = await call(deps, {
    method,
    fields: {
      id: refund.id,
      status: operation.status,
      remark: command.remark,
      rejectType: operation.status === 2 ? command.rejectReasonCode : undefined,
    },
    reads: false,
  })
  const said = readEnvelope(reply, data ?? {}, { connector: connectorId, operation: method })
  assertSuccess(said.replyResult, method)
}

function describe(refund: RefundRecord): Record<string, unknown> {
  return {
    ref: refund.id,
    stage: stageOf(refund),
    status: refund.status,
    amount: refund.applyRefundSum,
    version: refund.checkTime ?? refund.applyTime,
  }
}
