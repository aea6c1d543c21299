/** What mode demo (and trial) connects: the sandbox's shops, ERP and people, as huiliu.config.ts would name real ones. */
import type { DemoMapping, WorldState } from '#src/demo/world.ts'

const channel = 'douyin-shop'
const erp = 'jushuitan'
const ourShopId = (channelShopId: string) => `demo-${channelShopId}`

function erpShops(
  state: WorldState,
): Record<string, { shopId: string; platform: string; connector: string }> {
  const shops = state.erp[erp]?.shops ?? []
  return Object.fromEntries(
    shops.map((s) => [
      String(s.shopId),
      { shopId: ourShopId(s.platformShopId), platform: 'douyin', connector: channel },
    ]),
  )
}

export const demo: DemoMapping = {
  systems(state) {
    const shop = state.channels[channel]
    const books = state.erp[erp]
    return [
      ...(shop === undefined
        ? []
        : [
            {
              id: 'demo-douyin',
              name: '抖店（演示）',
              connector: channel,
              config: { appKey: shop.appKey, appSecret: shop.appSecret, baseUrl: shop.baseUrl },
            },
          ]),
      ...(books === undefined
        ? []
        : [
            {
              id: 'demo-erp',
              name: '聚水潭（演示）',
              connector: erp,
              config: {
                appKey: books.appKey,
                appSecret: books.appSecret,
                baseUrl: books.baseUrl,
                ...(books.accessToken === undefined ? {} : { accessToken: books.accessToken }),
                ...(books.refreshToken === undefined ? {} : { refreshToken: books.refreshToken }),
                shops: erpShops(state),
              },
            },
          ]),
    ]
  },
  shops(state) {
    const selling = state.channels[channel]
    if (selling === undefined) return []
    const hasErp = state.erp[erp] !== undefined
    return selling.shops.map((shop) => ({
      id: ourShopId(shop.shopId),
      name: shop.name,
      system: 'demo-douyin',
      connector: channel,
      config: {
        appKey: selling.appKey,
        appSecret: selling.appSecret,
        baseUrl: selling.baseUrl,
        shopId: shop.shopId,
        // The sandbox's own back office has an order page.
        orderUrlTemplate: `${new URL(selling.baseUrl).origin}/shops/orders/{orderNo}`,
      },
      ...(hasErp ? { erp, erpSystem: 'demo-erp' } : {}),
      payer: hasErp ? ('erp' as const) : ('channel' as const),
      chatId: shop.chat_id,
    }))
  },
  approvals: { 'refund-review': '退款审批' },
  roles: { operator: '客服', host: '主播', supervisor: '主管', finance: '财务', admin: '管理员' },
  // The sandbox's ERP calls its operators by their names.
  operatorSystem: erp,
  operationsChat: /运营/,
  refundChat: /退款/,
  pollSeconds: 3,
  hints: (sandboxUrl) => [
    ['下一单 place an order  ', `curl -X POST ${sandboxUrl}/_control/channels/douyin-shop/orders`],
    ['发起退款 ask a refund  ', `curl -X POST ${sandboxUrl}/_control/erp/jushuitan/refunds`],
    ['看结果 see the effects ', `curl ${sandboxUrl}/_control/effects`],
  ],
  adminRole: '管理员',
  applicantRole: '客服',
}
