/** Writing a decision back: read the ERP's state, write only when it still waits, read again. */
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { callErp, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'
import { connectorId } from './refusal.ts'
import { isOpen, isWrittenBack, type WriteBack, writeBackCall } from './write-back-shape.ts'

type Command = RefundCommand & { decision: 'approved' | 'rejected'; execute: boolean }

/** Brings an approval's outcome into the ERP; with `execute` the ERP also pays. */
export function writeBackRefund(deps: Deps, command: Command): Promise<CommandResult> {
  const wanted: WriteBack = {
    decision: command.decision,
    execute: command.execute,
    remark: command.remark || command.reason,
  }
  return decide<RefundRecord>({
    connector: connectorId,
    label: '旺店通',
    ref: command.ref,
    read: () => readState(deps, command.ref),
    versionOf: (refund) => refund.modified,
    isReached: (refund) => isWrittenBack(refund, wanted),
    obstacleTo: (refund) => obstacleTo(refund, command),
    act: async (refund) => {
      await callErp(deps, writeBackCall(refund, wanted, deps.config.edition))
      return undefined
    },
    describe,
  })
}

function obstacleTo(refund: RefundRecord, command: Command): Obstacle | undefined {
  if (!isOpen(refund))
    return {
      code: 'refund_stage_not_open',
      message: `旺店通退换单当前为「${statusTextOf(refund)}」，已不能处理`,
    }
  if (command.decision === 'approved' && refund.guarantee_refund_amount !== command.amount)
    return { code: 'refund_amount_changed', message: '旺店通退款金额已变化，与审批金额不一致，需要重新审批' }
  return undefined
}

async function readState(deps: Deps, ref: string): Promise<RefundRecord | null> {
  const record = await fetchRecord('refunds', ref, deps)
  return record === null ? null : readRefund(record)
}

function describe(refund: RefundRecord): Record<string, unknown> {
  return {
    ref: refund.refund_no,
    stage: stageOf(refund),
    status: refund.status ?? '',
    amount: refund.guarantee_refund_amount,
    version: refund.modified,
  }
}
