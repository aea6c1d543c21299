/**
 * Decisions about refunds of certificates. Platform: 抖音码核销后退款审批. UNVERIFIED against a real shop, so only with
 * `refundDecisions` in the settings; otherwise people decide in the merchant console.
 */
import type { RefundStage } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { decide, type Obstacle } from '../kit/decide.ts'
import { connectorId, type Deps, post } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { isOpen, type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

const auditPath = '/goodlife/v1/akte/after_sale/order/audit/'

/** Agrees: the platform pays the buyer. */
export function agreeRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return audit(deps, command, { agrees: true, reached: ['refunding', 'refunded'] })
}

export function refuseRefund(deps: Deps, command: RefundCommand): Promise<CommandResult> {
  return audit(deps, command, { agrees: false, reached: ['refused'] })
}

interface Audit {
  agrees: boolean
  reached: readonly RefundStage[]
}

async function audit(deps: Deps, command: RefundCommand, { agrees, reached }: Audit): Promise<CommandResult> {
  if (!deps.config.refundDecisions)
    return {
      outcome: 'refused',
      code: 'refund_decisions_off',
      message: '未开启来客退款审批接口（refundDecisions），请到抖音来客后台处理',
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
    versionOf: (refund) => `${refund.update_time} ${refund.status}`,
    isReached: (refund) => reached.includes(stageOf(refund)),
    obstacleTo: (refund) => obstacleTo(refund, command),
    act: async (refund) => {
      await post(deps, auditPath, {
        order_id: refund.order_id,
        certificate_id: certificateOf(refund),
        audit_status: agrees,
        ...(agrees ? {} : { reject_reason: command.reason || command.remark }),
      })
      return undefined
    },
    describe: (refund) => ({
      ref: command.ref,
      stage: stageOf(refund),
      status: refund.status,
      amount: refund.refund_amount,
      version: refund.update_time,
    }),
  })
}

/** The interface decides one certificate at a time. */
function certificateOf({ refund_info_list }: RefundRecord): string | undefined {
  return refund_info_list?.length === 1 ? refund_info_list[0]?.certificate_id : undefined
}

function obstacleTo(refund: RefundRecord, command: RefundCommand): Obstacle | undefined {
  if (!isOpen(refund))
    return { code: 'refund_stage_not_open', message: `售后单当前为「${statusTextOf(refund)}」，已不能处理` }
  if (refund.refund_amount !== command.amount)
    return { code: 'refund_amount_changed', message: '退款金额已变化，与审批金额不一致，需要重新审批' }
  if (certificateOf(refund) === undefined)
    return {
      code: 'refund_type_not_supported',
      message: '一张售后单含多张券，接口不能一次处理，请到抖音来客后台操作',
    }
  return undefined
}
