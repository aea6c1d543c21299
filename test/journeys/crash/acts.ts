/** What shop, staff and supervisor do while the product is killed under them. */
import { type Book, type BookedRefund, count } from './book.ts'
import type { Luck } from './random.ts'
import { readCard, type SeenCard } from './read-cards.ts'
import { type Effects, type RefundSystem, Refused, type Staff, type World } from './world.ts'

export interface Stage {
  world: World
  book: Book
  luck: Luck
  staff: readonly Staff[]
  /** The world as it was a moment ago: what people see when they decide what to do. */
  seen: Effects
  /** People rarely press while nothing answers. */
  isUp(): boolean
}

type Act = (stage: Stage) => Promise<void>

const refundable = (stage: Stage) => {
  const asked = new Set(stage.book.refunds.map((refund) => refund.orderNo))
  return stage.book.orders.filter((orderNo) => !asked.has(orderNo))
}

const placeOrders: Act = async ({ world, book, luck }) => {
  // Now and then more at once than a group takes one by one: those become a digest.
  const burst = luck.chance(0.12) ? luck.int(25, 40) : luck.int(1, 3)
  book.orders.push(...(await world.placeOrders(burst)))
  count(book, 'orders')
}

const advanceOrder: Act = async (stage) => {
  const orderNo = stage.luck.pick(refundable(stage))
  if (orderNo === undefined) return
  await stage.world.advance(orderNo)
  count(stage.book, 'advances')
}

async function press(stage: Stage, card: SeenCard, who: Staff | undefined): Promise<void> {
  const claim = stage.luck.pick(card.claims)
  if (claim === undefined || who === undefined) return
  const { book } = stage
  const pressed = book.pressedBy.get(claim.orderNo) ?? new Set()
  book.pressedBy.set(claim.orderNo, pressed.add(who.openId))
  count(book, 'presses')
  const { ok, toast } = await stage.world.click(card.messageId, who.openId, { value: claim.value })
  count(book, `press answered: ${ok ? (toast?.type ?? 'nothing') : 'not at all'}`)
  if (!ok || toast === undefined || toast.type === 'error') return
  book.answered.set(claim.orderNo, toast.content)
  if (toast.type !== 'success') return
  book.claims.push({ orderNo: claim.orderNo, openId: who.openId, name: who.name, toast: toast.content })
  count(book, 'claims')
}

const claimOrder: Act = async (stage) => {
  if (!stage.isUp() && stage.luck.chance(0.8)) return
  const cards = stage.seen.messages.map(readCard).filter((card) => card.claims.length > 0)
  const card = stage.luck.pick(cards.slice(-60))
  if (card === undefined) return
  const [first, second] = [stage.luck.pick(stage.staff), stage.luck.pick(stage.staff)]
  const both = [press(stage, card, first)]
  if (stage.luck.chance(0.3)) both.push(press(stage, card, second))
  await Promise.all(both)
}

const startRefund =
  (system: RefundSystem): Act =>
  async (stage) => {
    const orderNo = stage.luck.pick(refundable(stage))
    if (orderNo === undefined) return
    const refund: BookedRefund = { system, no: '', id: '', orderNo, amounts: [], withdrawn: false }
    // Booked before the call, so that nothing else picks the same order meanwhile.
    stage.book.refunds.push(refund)
    try {
      const { no, id, amount } = await stage.world.startRefund(system, orderNo)
      Object.assign(refund, { no, id, amounts: [amount] })
      count(stage.book, `refunds ${system}`)
    } catch (error) {
      stage.book.refunds.splice(stage.book.refunds.indexOf(refund), 1)
      throw error
    }
  }

async function decideOne(stage: Omit<Stage, 'seen' | 'isUp'>, instanceCode: string): Promise<void> {
  const supervisor = stage.staff.find((one) => one.roles.includes('supervisor'))
  if (supervisor === undefined) throw new Error('the company has a supervisor')
  const decision = stage.luck.chance(0.7) ? 'approve' : 'reject'
  await stage.world.decide(instanceCode, decision, supervisor.openId)
  count(stage.book, decision)
}

const isOpen = (instance: Effects['instances'][number]) => instance.status === 'PENDING'

const decide: Act = async (stage) => {
  const instance = stage.luck.pick(stage.seen.instances.filter(isOpen))
  if (instance !== undefined) await decideOne(stage, instance.instance_code)
}

const openRefund = (stage: Stage) =>
  stage.luck.pick(stage.book.refunds.filter((refund) => refund.no !== '' && !refund.withdrawn))

const changeAmount: Act = async (stage) => {
  const refund = openRefund(stage)
  const current = refund?.amounts.at(-1)
  if (refund === undefined || current === undefined || current < 100) return
  // Every amount is new for its refund, so that an approval tells which amount it was about.
  const amount = current - stage.luck.int(1, 50)
  await stage.world.changeAmount(refund.system, refund.id, amount)
  refund.amounts.push(amount)
  count(stage.book, 'amount changes')
}

const withdraw: Act = async (stage) => {
  const refund = openRefund(stage)
  if (refund === undefined) return
  await stage.world.withdraw(refund.system, refund.id)
  refund.withdrawn = true
  count(stage.book, 'withdrawals')
}

const acts: readonly { weight: number; act: Act }[] = [
  { weight: 5, act: placeOrders },
  { weight: 4, act: advanceOrder },
  { weight: 9, act: claimOrder },
  { weight: 3, act: startRefund('douyin-shop') },
  { weight: 3, act: startRefund('jushuitan') },
  { weight: 6, act: decide },
  { weight: 1.5, act: changeAmount },
  { weight: 1, act: withdraw },
]
const totalWeight = acts.reduce((sum, one) => sum + one.weight, 0)

/** One thing somebody does. What the world refuses (decided meanwhile, button gone) is not done and not booked. */
export async function actOnce(stage: Stage): Promise<void> {
  let drawn = stage.luck.next() * totalWeight
  const chosen = acts.find((one) => {
    drawn -= one.weight
    return drawn < 0
  })
  try {
    await chosen?.act(stage)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    count(stage.book, 'refused by the world')
  }
}

/** The supervisor clears the desk: decides whatever still waits. */
export async function decideAll(stage: Omit<Stage, 'isUp'>): Promise<void> {
  for (const instance of stage.seen.instances.filter(isOpen)) {
    await decideOne(stage, instance.instance_code).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error
    })
  }
}
