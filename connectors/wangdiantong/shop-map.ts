import { DataError } from '#src/errors.ts'
import type { WangdiantongConfig } from './config.ts'

export type MappedShop = WangdiantongConfig['shops'][string]

/** Our shop behind a shop number of the ERP. @throws DataError when the configuration names none */
export function shopOf(config: WangdiantongConfig, shopNo: string): MappedShop {
  const shop = Object.hasOwn(config.shops, shopNo) ? config.shops[shopNo] : undefined
  if (shop) return shop
  throw new DataError(
    'wangdiantong_shop_unmapped',
    `旺店通店铺 ${shopNo} 没有对应的店铺，请在配置 shops 中补上`,
    { path: 'shop_no', shopNo },
  )
}
