import { defineInstallation } from './src/config/installation.ts'

/**
 * What this installation connects: systems, shops, and the approval definitions made in the Feishu console.
 * No secrets here: `secrets` names the environment variables (or lines of `.env`) that hold them.
 * Modes demo and trial use the sandbox's shops instead.
 *
 *   systems: [
 *     {
 *       id: 'doudian', connector: 'douyin-shop', name: '抖店',
 *       secrets: { appKey: 'DOUYIN_SHOP_APP_KEY', appSecret: 'DOUYIN_SHOP_APP_SECRET' },
 *     },
 *     {
 *       id: 'erp', connector: 'jushuitan', name: '聚水潭',
 *       settings: { shops: { '10001': { shopId: 'travel', platform: 'douyin', connector: 'douyin-shop' } } },
 *       secrets: { appKey: 'JUSHUITAN_APP_KEY', appSecret: 'JUSHUITAN_APP_SECRET' },
 *     },
 *   ],
 *   shops: [
 *     { id: 'travel', name: '某某旅行旗舰店', system: 'doudian', settings: { shopId: '4463798' }, erp: 'erp', payer: 'erp' },
 *   ],
 *   approvals: { 'refund-review': '7C468A54-8745-2245-9675-08B7C63E7A85' },
 */
export default defineInstallation({
  systems: [],
  shops: [],
  approvals: {},
})
