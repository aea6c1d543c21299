/** A shop exists in three places at once: on the platform, in the ERP, and as a group of the people who look after it. */
import { newPlatformId, type Shop, shopChanged, shopState } from '../channels/douyin-shop/state.ts'
import { erpChanged, erpState } from '../erp/jushuitan/state.ts'
import { listUsers } from '../feishu/contact/people.ts'
import { addChat } from '../feishu/im/chats.ts'
import { ApiFailure, type ControlCall, type Kernel } from '../kernel/types.ts'
import { shopPlans } from './catalog.ts'

export interface NewShop {
  shopId: string
  erpShopId: number
  name: string
  chatName: string
  /** shopId of the plan whose products it sells */
  assortment: string
  /** open ids */
  members: readonly string[]
}

export function openShop(kernel: Kernel, wanted: NewShop): Shop {
  const chat = addChat(kernel, { name: wanted.chatName, members: wanted.members, bot: true })
  const { shopId, name, assortment } = wanted
  const shop: Shop = { shopId, name, chatId: chat.chat_id, assortment }
  shopState(kernel).shops.push(shop)
  erpState(kernel).shops.push({ shopId: wanted.erpShopId, name, platformShopId: shopId })
  shopChanged(kernel)
  erpChanged(kernel)
  return shop
}

/** `{name?, kind?}` → `{shop_id, chat_id, erp_shop_id, name}`: one more shop, for load tests over many groups. */
export function openShopByControl(kernel: Kernel, { body }: ControlCall): unknown {
  const plan = shopPlans.find((one) => body.kind === undefined || one.kind === body.kind)
  if (!plan) throw new ApiFailure(400, 'kind must be voucher or goods')
  const count = shopState(kernel).shops.length + 1
  const name = typeof body.name === 'string' && body.name !== '' ? body.name : `${plan.name}${count}号店`
  const erpShopId = 10_480_020 + count
  const shop = openShop(kernel, {
    shopId: `4${newPlatformId(kernel).slice(-7)}`,
    erpShopId,
    name,
    chatName: `${name} 订单群`,
    assortment: plan.shopId,
    members: listUsers(kernel).map((person) => person.open_id),
  })
  return { shop_id: shop.shopId, chat_id: shop.chatId, erp_shop_id: erpShopId, name }
}
