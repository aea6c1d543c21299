/** Writing a decision back: read the ERP's state, write only when it still waits, read again. */
import { z } from 'zod'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { callErp, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { type RefundRecord, readRefund, stageOf } from './refund-record.ts'
import {
  isOpen,
  isWrittenBack,
  type WriteBack,
  type WriteBackCall,
  writeBackCall,
} from './write-back-shape.ts'

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
    label: '聚水潭',
    ref: command.ref,
    read: () => readState(deps, command.ref),
    versionOf: (refund) => refund.modified,
    isReached: (refund) => isWrittenBack(refund, wanted),
    obstacleTo: (refund) => obstacleTo(refund, command),
    act: async (refund) => {
      const call = writeBackCall(refund, wanted)
      if (call === undefined)
        return {
          code: 'refund_without_platform_number',
          message: '售后单没有平台单号，请在聚水潭里手工处理',
        }
      await write(deps, call)
      return undefined
    },
    describe,
  })
}

function obstacleTo(refund: RefundRecord, command: Command): Obstacle | undefined {
  if (!isOpen(refund))
    return {
      code: 'refund_stage_not_open',
      message: `聚水潭售后单当前为「${refund.status ?? ''} ${refund.shop_status ?? ''}」，已不能处理`,
    }
  if (command.decision === 'approved' && refund.refund !== command.amount)
    return { code: 'refund_amount_changed', message: '聚水潭退款金额已变化，与审批金额不一致，需要重新审批' }
  return undefined
}

/** UNVERIFIED: two shapes of the answer are in use; either may name entries that failed. */
const written = z.object({
  datas: z.array(z.object({ issuccess: z.boolean().nullish(), msg: z.string().nullish() })).nullish(),
  fail: z.array(z.object({ message: z.string().nullish(), details: z.string().nullish() })).nullish(),
})

async function write(deps: Deps, call: WriteBackCall): Promise<void> {
  const { data } = await callErp(deps, { ...call, reads: false })
  const reply = written.safeParse(data).data
  const failed = reply?.datas?.find((one) => one.issuccess === false)?.msg ?? reply?.fail?.[0]?.message
  if (failed === undefined || failed === null) return
  throw new AppError('connector_request_refused', failed, {
    outcome: 'refused',
    context: { message: failed },
  })
}

async function readState(deps: Deps, ref: string): Promise<RefundRecord | null> {
  const record = await fetchRecord('refunds', ref, deps)
  return record === null ? null : readRefund(record)
}

function describe(refund: RefundRecord): Record<string, unknown> {
  return {
    ref: refund.as_id,
    stage: stageOf(refund),
    status: refund.status ?? '',
    shopStatus: refund.shop_status ?? '',
    amount: refund.refund,
    version: refund.modified,
  }
}
