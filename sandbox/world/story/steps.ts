/** The steps of the story and what each waits for; the world itself is asked, so work by hand counts too. */
import { storeOf } from '../../channels/douyin-shop/state.ts'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { ledgerTable, rowsAbout, tableNamed } from './base.ts'
import { cardsAbout } from './cards.ts'
import { instanceOf, isClaimInRow, lookAtClaim, lookAtOrder, lookAtOutage, storyRefund } from './look.ts'
import type { StepId, StoryAct, StoryCheck, StoryStep } from './shapes.ts'
import { stepIds, tourOf } from './tour.ts'

/** Orders placed while Feishu is out of reach. */
export const outageOrders = 5

export function storySteps(kernel: OwnKernel): StoryStep[] {
  const tour = tourOf(kernel)
  return stepIds.map((id) => {
    const checks = checksOf[id](kernel)
    return { id, checks, done: checks.every((check) => check.done), skipped: tour.skipped.includes(id) }
  })
}

const check = (id: string, done: boolean, act: StoryAct | null = null): StoryCheck => ({ id, done, act })

const checksOf: Record<StepId, (kernel: OwnKernel) => StoryCheck[]> = {
  order(kernel) {
    const order = lookAtOrder(kernel)
    return [check('placed', order !== null, 'order'), check('card', order?.card != null)]
  },
  claim(kernel) {
    const order = lookAtOrder(kernel)
    const claim = lookAtClaim(kernel)
    const known = order && storeOf(kernel).byId.get(order.order_id)
    return [
      check('claimed', claim !== null, 'claim'),
      check('row', known != null && isClaimInRow(kernel, known)),
      check('second', claim?.second != null, 'second'),
    ]
  },
  refund: refundChecks,
  outage(kernel) {
    const tour = tourOf(kernel)
    const outage = lookAtOutage(kernel)
    const enough = outage.orders.length >= outageOrders
    const all = (count: 'rows' | 'cards') => enough && outage.orders.every((order) => order[count] === 1)
    return [
      check('renamed', outage.renamed !== null, 'rename'),
      check('offline', tour.offlineAt > 0, 'offline'),
      check('orders', enough, 'orders'),
      check('online', tour.backAt > 0, 'online'),
      check('rows', tour.backAt > 0 && all('rows')),
      check('cards', tour.backAt > 0 && all('cards')),
    ]
  },
  connect: (kernel) => [check('read', tourOf(kernel).connected, 'connect')],
}

/** Started, asked in Feishu, approved; then ERP, platform, ledger and card agree. */
function refundChecks(kernel: OwnKernel): StoryCheck[] {
  const refund = storyRefund(kernel)
  const instance = refund && instanceOf(kernel, refund)
  const approved = instance?.status === 'APPROVED'
  const about = { text: refund?.outerAsId ?? '', since: refund?.created ?? 0 }
  const isBooked =
    refund !== undefined && rowsAbout(kernel, tableNamed(kernel, ledgerTable), about).length === 1
  const isShown =
    approved &&
    cardsAbout(kernel, about).some((card) => card.versionCount > 1 && card.updatedAt >= instance.endTime)
  return [
    check('started', refund !== undefined, 'refund'),
    check('asked', instance !== undefined),
    check('approved', approved, 'approve'),
    check('erp', approved && refund?.status === 'Confirmed'),
    check('platform', approved && refund?.shopStatus === 'SUCCESS'),
    check('ledger', approved && isBooked),
    check('shown', isShown),
  ]
}
