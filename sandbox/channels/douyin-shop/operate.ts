/** `/afterSale/operate`: the shop decides. One refused item refuses the whole call. */
import type { Kernel } from '../../kernel/types.ts'
import { int64 } from '../big-json.ts'
import { businessFailed, invalidParameter, ShopFailure } from './failure.ts'
import type { OpenRoute, ShopCall } from './gateway.ts'
import { readInteger, readList } from './param.ts'
import { agreeReturn, executeRefund, isOpen, refuseRefund, statuses } from './refund.ts'
import { type AfterSale, storeOf } from './state.ts'

const mostItems = 20

export const operateRoute: OpenRoute = { path: '/afterSale/operate', handle: operate }

interface Operation {
  fits(item: AfterSale): boolean
  refuses: boolean
  run(kernel: Kernel, item: AfterSale, reason: string): void
}

const isRefundOnly = (item: AfterSale) => item.type === 1 || item.type === 2

/** 101 agree to a return, 201 / 202 agree to or refuse a refund without return; 111 (pay after the return) is UNVERIFIED. */
const operations: Record<number, Operation> = {
  101: {
    fits: (item) => item.type === 0 && item.status === statuses.asked,
    refuses: false,
    run: agreeReturn,
  },
  111: {
    fits: (item) => item.type === 0 && item.status === statuses.returned,
    refuses: false,
    run: executeRefund,
  },
  201: {
    fits: (item) => isRefundOnly(item) && item.status === statuses.asked,
    refuses: false,
    run: executeRefund,
  },
  202: {
    fits: (item) => isRefundOnly(item) && item.status === statuses.asked,
    refuses: true,
    run: refuseRefund,
  },
}

interface Entry {
  item: AfterSale
  reason: string
}

function operate(call: ShopCall): unknown {
  const operation = operations[readInteger(call.param, 'type') ?? 0]
  if (!operation) {
    throw businessFailed(11001, '11001:暂不支持通过OPEN处理，请登录抖店后台人工审核售后单。')
  }
  const wanted = readList(call.param, 'items')
  if (wanted.length === 0 || wanted.length > mostItems)
    throw invalidParameter(11000, '请检查输入参数是否合法')
  const entries = wanted.map((entry) => readEntry(call, operation, entry as Record<string, unknown>))
  for (const { item, reason } of entries) operation.run(call.kernel, item, reason)
  return {
    items: entries.map(({ item }) => ({
      aftersale_id: int64(item.id),
      status_code: 0,
      status_msg: 'success',
    })),
  }
}

function readEntry({ kernel, shop }: ShopCall, operation: Operation, entry: Record<string, unknown>): Entry {
  const item = storeOf(kernel).afterSales.get(String(entry?.aftersale_id))
  if (!item || item.shopId !== shop.shopId) {
    throw new ShopFailure(20000, '系统错误', { code: 'isp.service-error:10000', msg: '存在无效的售后单' })
  }
  const reason = String(entry.reason ?? '')
  if (operation.refuses && (reason === '' || !entry.remark || !entry.reject_reason_code)) {
    throw invalidParameter(11000, '拒绝操作必须填写reason、remark和reject_reason_code')
  }
  const seen = readInteger(entry, 'update_time')
  // UNVERIFIED sub code for a decision about an outdated version of the case.
  if (seen !== undefined && seen !== item.updateTime) throw businessFailed(11005, '操作失败，售后单已变更')
  if (!isOpen(item)) throw businessFailed(20309541, '售后状态错误')
  if (!operation.fits(item)) throw businessFailed(11005, '操作失败，操作类型与售后单不符')
  return { item, reason }
}
