/** 替我做: what the tour does in a person's place, through the same doors a person would use. */
import { openShops } from '../../channels/douyin-shop/assortment.ts'
import { type Order, savedOrders } from '../../channels/douyin-shop/state.ts'
import { buyByHand } from '../../channels/douyin-shop/web/act.ts'
import { mirrorMissing, orderBySoId } from '../../erp/jushuitan/orders.ts'
import { registerRefund } from '../../erp/jushuitan/refunds.ts'
import { isSettled } from '../../erp/jushuitan/web.ts'
import { approveTask, openTasks } from '../../feishu/approval/flow.ts'
import { changeFieldAs } from '../../feishu/bitable/by-hand.ts'
import { listUsers, type Person } from '../../feishu/contact/people.ts'
import { pressablesOf } from '../../feishu/im/buttons.ts'
import { click } from '../../feishu/im/click.ts'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { ApiFailure } from '../../kernel/types.ts'
import { orderTable, tableNamed, worldOf } from './base.ts'
import { cardOf, claimerOf, instanceOf, isOffline, outageFaults, storyOrder, storyRefund } from './look.ts'
import type { StoryAct } from './shapes.ts'
import { outageOrders } from './steps.ts'
import { tourChanged, tourOf } from './tour.ts'

/** The refund of the story. fen */
const refundAmount = 268_000
const waitMs = 20_000
const renamed = ['商品', '商品名称'] as const

const acts: Record<StoryAct, (kernel: OwnKernel) => unknown> = {
  order: buyOne,
  claim,
  second: pressLate,
  refund: startRefund,
  approve,
  rename,
  offline: (kernel) => {
    if (!isOffline(kernel)) kernel.faults.add({ kind: 'reset_before', family: 'feishu' })
    noteOutage(kernel)
  },
  orders: buyFive,
  online: (kernel) => {
    for (const fault of outageFaults(kernel)) kernel.faults.clear(fault.id)
    noteOutage(kernel)
  },
  connect: (kernel) => {
    tourOf(kernel).connected = true
  },
}

/** @throws ApiFailure when it cannot be done now */
export async function doFor(kernel: OwnKernel, act: StoryAct): Promise<void> {
  await acts[act](kernel)
  tourChanged(kernel)
}

export function isAct(name: unknown): name is StoryAct {
  return typeof name === 'string' && Object.hasOwn(acts, name)
}

/** Remembers when Feishu went out of reach and came back, whoever did it. */
export function noteOutage(kernel: OwnKernel): void {
  const tour = tourOf(kernel)
  const offline = isOffline(kernel)
  if (offline && tour.offlineAt === 0) tour.offlineAt = kernel.clock.now()
  else if (!offline && tour.offlineAt > 0 && tour.backAt === 0) tour.backAt = kernel.clock.now()
  else return
  tourChanged(kernel)
}

function buyOne(kernel: OwnKernel): Order {
  const plan = openShops(kernel).find((shop) =>
    shop.products.some((product) => product.price === refundAmount),
  )
  const product = plan?.products.find((one) => one.price === refundAmount)
  if (!plan || !product) throw notNow('没有可买的商品 nothing to buy')
  return buyByHand(kernel, { plan, product, quantity: 1, buyerWords: '两大一小，麻烦尽快确认' })
}

/** One for each shop in turn. */
function buyFive(kernel: OwnKernel): void {
  const shops = openShops(kernel)
  for (let index = 0; index < outageOrders; index++) {
    const plan = shops[index % shops.length]
    if (plan)
      buyByHand(kernel, { plan, product: kernel.random.pick(plan.products), quantity: 1, buyerWords: '' })
  }
}

async function claim(kernel: OwnKernel): Promise<void> {
  const order = storyOrder(kernel) ?? buyOne(kernel)
  const [first] = withRole(kernel, 'operator')
  if (first) await pressClaim(kernel, order, first)
}

/** Somebody else presses the same button a moment later, on a card that was not refreshed yet. */
async function pressLate(kernel: OwnKernel): Promise<void> {
  const order = storyOrder(kernel)
  const first = order && claimerOf(kernel, order)?.person
  if (!order || !first) throw notNow('先有人认领，才有第二个人 nobody has claimed it yet')
  const other = withRole(kernel, 'operator').find((person) => person.open_id !== first.open_id)
  if (!other) return
  const tour = tourOf(kernel)
  tour.told = (await pressClaim(kernel, order, other)) ?? null
  tour.second = other.open_id
}

/** Presses the card's first button with a value. Returns the toast. */
async function pressClaim(kernel: OwnKernel, order: Order, person: Person): Promise<string | undefined> {
  const card = await eventually(kernel, () => cardOf(kernel, order))
  if (!card) throw notNow('卡片还没到，请稍等 the card is not there yet')
  const versions = [card.content, ...card.versions.map((version) => version.content ?? '{}')]
  const button = versions
    .flatMap((content) => pressablesOf(JSON.parse(content)))
    .find((one) => one.value !== undefined && !one.disabled)
  if (!button) throw notNow('卡片上没有可点的按钮 the card has no button')
  const pressed = await click(kernel, {
    message_id: card.message_id,
    open_id: person.open_id,
    value: button.value,
  })
  if (pressed.outcome && !pressed.outcome.ok)
    throw notNow(`点击没有成功 the press failed: ${pressed.outcome.clientCode ?? ''}`)
  const toast = pressed.answer?.toast as { content?: unknown } | undefined
  return typeof toast?.content === 'string' ? toast.content : undefined
}

/** For the order of the story where that fits, else for another that was paid and is worth enough. */
function startRefund(kernel: OwnKernel): void {
  mirrorMissing(kernel)
  const fits = (order: Order) =>
    order.payTime > 0 && order.payAmount >= refundAmount && !isSettled(kernel, order.id)
  const own = storyOrder(kernel)
  const found = own && fits(own) ? own : savedOrders(kernel).findLast(fits)
  const order = found ?? buyOne(kernel)
  if (!found) mirrorMissing(kernel)
  const copy = orderBySoId(kernel, order.id)
  if (!copy) throw notNow('ERP 还没有这个订单 the ERP does not have the order yet')
  registerRefund(kernel, {
    order: copy,
    amount: refundAmount,
    reason: '行程有变，去不了了',
    creator: withRole(kernel, 'operator')[0]?.name ?? '',
    byHand: true,
  })
}

async function approve(kernel: OwnKernel): Promise<void> {
  const refund = storyRefund(kernel)
  if (!refund) throw notNow('先发起退款 start the refund first')
  const instance = await eventually(kernel, () => instanceOf(kernel, refund))
  if (!instance) throw notNow('审批还没到，请稍等 the approval is not there yet')
  for (const task of openTasks(instance)) approveTask(kernel, instance, task, '同意，尽快退给客人')
}

/** The administrator renames a column, and back again the next time. */
function rename(kernel: OwnKernel): void {
  const spot = tableNamed(kernel, orderTable)
  const [from, to] = renamed
  const field =
    spot?.table.fields.find((one) => one.field_name === from || one.field_name === to) ??
    spot?.table.fields.find((one) => !one.is_primary)
  const [admin] = withRole(kernel, 'admin')
  if (!spot || !field || !admin) throw notNow('还没有多维表格 there is no base yet')
  const name = field.field_name === to ? from : field.field_name === from ? to : `${field.field_name}（新）`
  changeFieldAs(worldOf(kernel), spot, admin.open_id, { field, name })
}

function withRole(kernel: OwnKernel, role: string): Person[] {
  return listUsers(kernel).filter((person) => person.roles.includes(role) && !person.resigned)
}

const notNow = (message: string) => new ApiFailure(409, message, { status: 409 })

/** Asks again until there is an answer, or a person would have given up. */
async function eventually<T>(kernel: OwnKernel, ask: () => T | undefined): Promise<T | undefined> {
  const end = Date.now() + waitMs
  for (;;) {
    const found = ask()
    if (found !== undefined || Date.now() > end) return found
    await new Promise<void>((resolve) => {
      const stop = kernel.onChange(() => done())
      const timer = setTimeout(() => done(), 500)
      const done = () => {
        stop()
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
