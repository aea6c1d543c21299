import { DataError } from '#src/errors.ts'
import type { JushuitanConfig } from './config.ts'

export type MappedShop = JushuitanConfig['shops'][string]

/** Our shop behind a shop number of the ERP. @throws DataError when the configuration names none */
export function shopOf(config: JushuitanConfig, erpShopId: string): MappedShop {
  const shop = config.shops[erpShopId]
  if (shop) return shop
  throw new DataError(
    'jushuitan_shop_unmapped',
    `聚水潭店铺 ${erpShopId} 没有对应的店铺，请在配置 shops 中补上`,
    {
      path: 'shop_id',
      erpShopId,
    },
  )
}
