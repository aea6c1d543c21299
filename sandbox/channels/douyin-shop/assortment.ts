import type { Kernel } from '../../kernel/types.ts'
import { type ShopPlan, shopPlans } from '../../world/catalog.ts'
import { shopState } from './state.ts'

/** What each open shop sells, under the shop's own id and name. */
export function openShops(kernel: Kernel): ShopPlan[] {
  return shopState(kernel).shops.flatMap((shop) => {
    const plan = shopPlans.find((one) => one.shopId === shop.assortment)
    return plan ? [{ ...plan, shopId: shop.shopId, name: shop.name }] : []
  })
}
