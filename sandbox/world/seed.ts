import { mirrorMissing } from '../erp/jushuitan/orders.ts'
import { addDefinition } from '../feishu/approval/definition-store.ts'
import { refundDefinition } from '../feishu/approval/refund-definition.ts'
import { setSupervisor } from '../feishu/approval/supervisors.ts'
import { addChat } from '../feishu/im/chats.ts'
import type { Kernel } from '../kernel/types.ts'
import { shopPlans } from './catalog.ts'
import { seedHistory } from './history.ts'
import { openShop } from './open-shop.ts'
import { type StaffName, seedPeople, staff } from './people.ts'

interface Story {
  seeded: boolean
}

const part = 'story'
const operators: readonly StaffName[] = ['林小夏', '周宁', '陈果']

/** Fills an empty world: people, groups, shops, the refund approval and seven days of orders. A told story is left alone. */
export function seedWorld(kernel: Kernel): void {
  const story = kernel.state<Story>(part, () => ({ seeded: false }))
  if (story.seeded) return
  const people = seedPeople(kernel)
  const idsOf = (names: readonly StaffName[]) => names.map((name) => people[name].open_id)
  const everyone = idsOf(staff.map(({ name }) => name))
  for (const name of [...operators, '苏晴' as const])
    setSupervisor(kernel, people[name].open_id, people.王岚.open_id)
  for (const plan of shopPlans) {
    openShop(kernel, { ...plan, assortment: plan.shopId, members: everyone })
  }
  addChat(kernel, { name: '退款审批群', members: idsOf([...operators, '王岚', '赵敏']), bot: true })
  addChat(kernel, { name: '运营值班群', members: idsOf(['王岚', '何志远', '林小夏']), bot: true })
  addDefinition(kernel, refundDefinition(people.王岚.open_id))
  seedHistory(kernel)
  mirrorMissing(kernel)
  story.seeded = true
  kernel.changed(part)
}
