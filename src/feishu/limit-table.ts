import type { Rate } from '#src/limits/types.ts'

/**
 * What one API allows to one app, and whether calling it changes anything. Our paces stay below the platform's,
 * because a pace plus its burst (and the blocks processes take) must fit into any second.
 */
export interface ApiRule {
  /** Scarcest first. */
  rates: readonly (readonly [name: string, rate: Rate])[]
  /** Changes nothing: repeated inside the client when it fails. */
  reads: boolean
}

const perSecond = (limit: number): Rate => ({ perSecond: limit * 0.8, burst: Math.max(1, limit * 0.1) })
const fifty: Rate = { perSecond: 36, burst: 4, block: 8 }
const thousandAMinute: Rate = { perMinute: 1_000, block: 10 }
const hundredAMinute: Rate = { perMinute: 100 }

const writes = (...rates: ApiRule['rates']): ApiRule => ({ rates, reads: false })
const reads = (...rates: ApiRule['rates']): ApiRule => ({ rates, reads: true })

/** Feishu docs, 频控策略: tier "1000/min and 50/s". */
const tier4 = [
  ['minute', thousandAMinute],
  ['second', fifty],
] as const
/** Feishu docs, 频控策略: tier "100/min"; no more than 5 of them in a second, so that a pause has a pace to hold. */
const tier3 = [
  ['minute', hundredAMinute],
  ['second', { perSecond: 5, burst: 5 }],
] as const
const recordWrite = [['second', fifty]] as const
const bitableRead = [['second', perSecond(20)]] as const
const bitableStructure = [['second', perSecond(10)]] as const
const bitableApp = [
  ['minute', { perMinute: 20 }],
  ['second', { perSecond: 2, burst: 2 }],
] as const

export const apiRules = {
  'im.message.create': writes(...tier4),
  'im.message.reply': writes(...tier4),
  'im.message.patch': writes(...tier4),
  'im.message.list': reads(...tier4),
  'im.chat.list': reads(...tier4),
  'im.chat.create': writes(...tier4),
  'im.chat.members.create': writes(...tier4),
  'bitable.app.create': writes(...bitableApp),
  'bitable.app.get': reads(...bitableRead),
  'bitable.table.list': reads(...bitableRead),
  'bitable.table.create': writes(...bitableStructure),
  'bitable.table.delete': writes(...bitableStructure),
  'bitable.field.list': reads(...bitableRead),
  'bitable.field.create': writes(...bitableStructure),
  'bitable.field.update': writes(...bitableStructure),
  'bitable.view.list': reads(...bitableRead),
  'bitable.view.create': writes(...bitableStructure),
  'bitable.view.patch': writes(...bitableStructure),
  'bitable.record.batch-create': writes(...recordWrite),
  'bitable.record.batch-update': writes(...recordWrite),
  'bitable.record.batch-delete': writes(...recordWrite),
  'bitable.record.batch-get': reads(...bitableRead),
  'bitable.record.search': reads(...bitableRead),
  'approval.definition.get': reads(...tier3),
  'approval.definition.subscribe': writes(...tier3),
  'approval.instance.create': writes(...tier3),
  'approval.instance.get': reads(...tier4),
  'approval.instance.cancel': writes(...tier3),
  'contact.user.batch-get-id': reads(...tier4),
  'contact.user.get': reads(...tier4),
  'drive.member.create': writes(...tier3),
  'drive.file.subscribe': writes(...tier4),
} as const satisfies Record<string, ApiRule>

export type ApiName = keyof typeof apiRules

/** Feishu docs, 发送消息: 5 a second to one user, and to one group for all its bots together. */
export const perChat: Rate = { perSecond: 4.5 }
/** Feishu docs, 更新已发送的消息卡片: 5 a second for one message; the poster serialises them, so one process's count will do. */
export const perMessage: Rate = { perSecond: 4.5, local: true }
