/** What the world shows about the story: the order and its card, the claim, the refund, the outage. */
import { type Order, savedOrders, shopState, storeOf } from '../../channels/douyin-shop/state.ts'
import { type ErpRefund, erpState } from '../../erp/jushuitan/state.ts'
import { openTasks } from '../../feishu/approval/flow.ts'
import { approvalState, type Instance } from '../../feishu/approval/state.ts'
import { listUsers, type Person, userByOpenId } from '../../feishu/contact/people.ts'
import { findChat } from '../../feishu/im/chats.ts'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import type { Kernel } from '../../kernel/types.ts'
import { namesOf, orderTable, personIn, rowsAbout, secondsIn, tableNamed } from './base.ts'
import { cardsAbout } from './cards.ts'
import type { StoryApproval, StoryClaim, StoryOrder, StoryOutage, StoryRefund } from './shapes.ts'
import { tourOf } from './tour.ts'

const mostLines = 8

/** The order of the story: the first one placed by hand since the step began. */
export function storyOrder(kernel: Kernel): Order | undefined {
  const { since } = tourOf(kernel)
  return placedByHand(kernel, { from: since.order, to: Number.MAX_SAFE_INTEGER })[0]
}

export function placedByHand(kernel: Kernel, { from, to }: { from: number; to: number }): Order[] {
  const orders: Order[] = []
  const all = savedOrders(kernel)
  for (let at = all.length - 1; at >= 0; at--) {
    const order = all[at]
    // Orders are kept by age; what was placed by hand is young.
    if (!order || order.createTime * 1000 < from - 1_000) break
    if (order.placedAt !== undefined && order.placedAt >= from && order.placedAt < to) orders.unshift(order)
  }
  return orders
}

export function lookAtOrder(kernel: Kernel): StoryOrder | null {
  const order = storyOrder(kernel)
  const shop = order && shopState(kernel).shops.find((one) => one.shopId === order.shopId)
  if (!order || !shop) return null
  const card = cardOf(kernel, order)
  return {
    order_id: order.id,
    shop_name: shop.name,
    product: order.productName,
    amount: order.payAmount,
    placed_at: order.placedAt ?? 0,
    chat_id: shop.chatId,
    chat_name: findChat(kernel, shop.chatId)?.name ?? '',
    card: card
      ? { message_id: card.message_id, at: card.createdAt, content: JSON.parse(card.content) }
      : null,
  }
}

export function cardOf(kernel: Kernel, order: Order) {
  const chatId = shopState(kernel).shops.find((one) => one.shopId === order.shopId)?.chatId
  if (chatId === undefined) return undefined
  return cardsAbout(kernel, { text: order.id, since: order.placedAt ?? 0, chatId })[0]
}

/** Whose name the card shows that it did not show at first: that person has the order. */
export function claimerOf(kernel: Kernel, order: Order): { person: Person; at: number } | undefined {
  const card = cardOf(kernel, order)
  const first = card?.versions[0]
  if (!card || first?.content === undefined) return undefined
  const sent = first.content
  const person = listUsers(kernel).find(({ name }) => card.content.includes(name) && !sent.includes(name))
  const shown = card.versions.find(({ content }) => person && (content ?? card.content).includes(person.name))
  return person && { person, at: shown?.at ?? card.updatedAt }
}

export function lookAtClaim(kernel: Kernel): StoryClaim | null {
  const order = storyOrder(kernel)
  const claimer = order && claimerOf(kernel, order)
  if (!order || !claimer) return null
  const { second, told } = tourOf(kernel)
  const spot = tableNamed(kernel, orderTable)
  const row = rowsAbout(kernel, spot, { text: order.id, since: order.placedAt ?? 0 })[0]
  const written = spot && row && personIn(spot, row) !== undefined
  return {
    by: claimer.person.name,
    at: claimer.at,
    seconds: written ? secondsIn(spot, row) : null,
    second: second === null ? null : (userByOpenId(kernel, second)?.name ?? null),
    told,
  }
}

/** The person column of the order's row names somebody. */
export function isClaimInRow(kernel: Kernel, order: Order): boolean {
  const spot = tableNamed(kernel, orderTable)
  return rowsAbout(kernel, spot, { text: order.id, since: order.placedAt ?? 0 }).some(
    (row) => spot !== undefined && personIn(spot, row) !== undefined,
  )
}

/** The refund of the story: the first one started by hand since the step began. */
export function storyRefund(kernel: Kernel): ErpRefund | undefined {
  const { since } = tourOf(kernel)
  return erpState(kernel).refunds.find((refund) => refund.byHand && refund.created >= since.refund)
}

export function instanceOf(kernel: Kernel, refund: ErpRefund): Instance | undefined {
  return approvalState(kernel).instances.findLast(
    (instance) =>
      instance.startTime >= refund.created && JSON.stringify(instance.form).includes(refund.outerAsId),
  )
}

export function lookAtRefund(kernel: Kernel): StoryRefund | null {
  const refund = storyRefund(kernel)
  if (!refund) return null
  const instance = instanceOf(kernel, refund)
  return {
    as_id: refund.asId,
    refund_no: refund.outerAsId,
    order_id: refund.soId,
    product: storeOf(kernel).byId.get(refund.soId)?.productName ?? '',
    amount: refund.amount,
    reason: refund.questionType,
    approval: instance ? approvalView(kernel, instance) : null,
  }
}

function approvalView(kernel: Kernel, instance: Instance): StoryApproval {
  const decided = instance.tasks.findLast((task) => task.openId !== '')
  const approverId = openTasks(instance)[0]?.openId ?? decided?.openId ?? ''
  const definition = approvalState(kernel).definitions.find(
    (one) => one.approval_code === instance.approval_code,
  )
  return {
    instance_code: instance.instance_code,
    title: instance.title || (definition?.name ?? ''),
    status: instance.status,
    approver: userByOpenId(kernel, approverId)?.name ?? '',
    approver_id: approverId,
    lines: instance.form
      .filter(({ value }) => typeof value === 'string' || typeof value === 'number')
      .slice(0, mostLines)
      .map(({ name, value }) => ({ name, value: String(value) })),
  }
}

/** Faults that put Feishu out of the product's reach. */
const outageKinds = new Set<string>(['unreachable', 'reset_before', '5xx', 'http_429'])

export function outageFaults(kernel: OwnKernel) {
  return kernel.faults
    .list()
    .filter(
      (fault) =>
        outageKinds.has(fault.kind) &&
        (fault.family === undefined || fault.family === 'feishu') &&
        fault.route === undefined &&
        fault.times === undefined,
    )
}

export function isOffline(kernel: OwnKernel): boolean {
  return outageFaults(kernel).length > 0
}

export function lookAtOutage(kernel: OwnKernel): StoryOutage {
  const tour = tourOf(kernel)
  const spot = tableNamed(kernel, orderTable)
  const now = spot ? namesOf(spot) : {}
  const renamed = Object.entries(tour.names).find(([id, name]) => now[id] !== undefined && now[id] !== name)
  const until = tour.backAt || Number.MAX_SAFE_INTEGER
  const orders = tour.offlineAt === 0 ? [] : placedByHand(kernel, { from: tour.offlineAt, to: until })
  return {
    offline: isOffline(kernel),
    renamed: renamed ? { from: renamed[1], to: now[renamed[0]] ?? '' } : null,
    orders: orders.map((order) => ({
      order_id: order.id,
      product: order.productName,
      rows: rowsAbout(kernel, spot, { text: order.id, since: order.placedAt ?? 0 }).length,
      cards: cardsAbout(kernel, { text: order.id, since: order.placedAt ?? 0 }).length,
    })),
    back: tour.backAt > 0,
  }
}
