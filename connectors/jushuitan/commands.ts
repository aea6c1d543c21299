/** Writing a decision back: read the ERP's state, write only when it still waits, read again. */
import { z } from 'zod'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { callErp, type Deps } from './api.ts'
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
export async function writeBackRefund(deps: Deps, command: Command): Promise<CommandResult> {
  const wanted: WriteBack = {
    decision: command.decision,
    execute: command.execute,
    remark: command.remark || command.reason,
  }
  const before = await readState(deps, command.ref)
  if (before === null) return refused('refund_unknown', '聚水潭查不到这张售后单', { ref: command.ref })
  if (isWrittenBack(before, wanted)) return done(before, true)
  if (!isOpen(before)) {
    const message = `聚水潭售后单当前为「${before.status ?? ''} ${before.shop_status ?? ''}」，已不能处理`
    return refused('refund_stage_not_open', message, describe(before))
  }
  if (command.decision === 'approved' && before.refund !== command.amount) {
    return refused(
      'refund_amount_changed',
      '聚水潭退款金额已变化，与审批金额不一致，需要重新审批',
      describe(before),
    )
  }
  const call = writeBackCall(before, wanted)
  if (call === undefined) {
    return refused(
      'refund_without_platform_number',
      '售后单没有平台单号，请在聚水潭里手工处理',
      describe(before),
    )
  }
  const failure = await write(deps, call)
  return settle(deps, { before, wanted, failure })
}

/** UNVERIFIED: two shapes of the answer are in use; either may name entries that failed. */
const written = z.object({
  datas: z.array(z.object({ issuccess: z.boolean().nullish(), msg: z.string().nullish() })).nullish(),
  fail: z.array(z.object({ message: z.string().nullish(), details: z.string().nullish() })).nullish(),
})

/** What went wrong is returned, because only reading again tells whether it was applied. */
async function write(deps: Deps, call: WriteBackCall): Promise<AppError | undefined> {
  try {
    const { data } = await callErp(deps, { ...call, reads: false })
    const reply = written.safeParse(data).data
    const failed = reply?.datas?.find((one) => one.issuccess === false)?.msg ?? reply?.fail?.[0]?.message
    if (failed === undefined || failed === null) return undefined
    return new AppError('connector_request_refused', failed, { context: { message: failed } })
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

interface Attempt {
  before: RefundRecord
  wanted: WriteBack
  failure: AppError | undefined
}

async function settle(deps: Deps, { before, wanted, failure }: Attempt): Promise<CommandResult> {
  if (failure?.outcome === 'not-sent') throw failure
  if (failure?.outcome === 'refused' && failure.retry !== 'never') throw failure
  const after = await readState(deps, before.as_id)
  if (after !== null && isWrittenBack(after, wanted)) return done(after, false)
  if (failure?.outcome === 'unknown') throw failure
  const moved = after === null || after.modified !== before.modified
  if (failure && !moved) {
    return refused(failure.code, String(failure.context.message ?? failure.message), describe(before))
  }
  throw new AppError('jushuitan_refund_unsettled', '聚水潭售后单状态尚未更新，稍后自动重新核对', {
    retry: 'backoff',
    outcome: failure ? 'refused' : 'unknown',
    context: { ref: before.as_id },
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

function done(refund: RefundRecord, already: boolean): CommandResult {
  return { outcome: 'done', already, detail: describe(refund) }
}

function refused(code: string, message: string, detail: Record<string, unknown>): CommandResult {
  return { outcome: 'refused', code, message, detail }
}
