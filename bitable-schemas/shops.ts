import { grid, group, select, table, text } from '#src/contracts/table.ts'
import { channelOptions } from './channel-options.ts'

/** What people decide about each shop. Which shops exist comes from the configuration. */
export const shops = table(
  'shops',
  '店铺',
  {
    shopId: text('店铺编号').key().en('Shop id').describe('与配置文件里的编号相同，由系统填写'),
    name: text('店铺').en('Shop'),
    channel: select('渠道', channelOptions).en('Channel'),
    chat: group('订单群').ownedBy('staff').en('Order group').describe('这个店铺的订单卡片发到哪个群'),
    payer: select('退款执行方', ['ERP', '渠道', '人工'])
      .ownedBy('staff')
      .en('Refund payer')
      .describe('审批同意后由谁执行退款，只能选一个'),
    orderUrlTemplate: text('查看订单模板')
      .ownedBy('staff')
      .en('Order link template')
      .describe('例如 https://erp.example.com/orders/{orderNo}；留空则打开渠道后台'),
  },
  { description: '店铺与它的订单群、退款执行方', views: [grid('全部店铺')] },
)
