import type { ControlAbout } from '../kernel/types.ts'

const row = { open_id: 'ou_…', fields: '{ column: value }' }
const shop = 'channels/douyin-shop'
const table = 'bases/:app_token/tables/:table_id'

/** Control routes whose own part does not describe them, for the documentation page. */
export const describedElsewhere: Record<string, ControlAbout> = {
  'POST chats/:chat_id/messages': {
    zh: '某人在群里发一条消息',
    en: 'A person writes into a group',
    fields: { open_id: 'ou_…', text: '内容', mention_bot: 'true: @机器人' },
  },
  'POST chats/:chat_id/bot': {
    zh: '机器人进群或出群',
    en: 'Puts the bot into a group, or out',
    fields: { present: 'true | false' },
  },
  'GET messages/:message_id': { zh: '一条消息', en: 'One message' },
  'POST messages/:message_id/read': {
    zh: '某人读了消息',
    en: 'A person reads a message',
    fields: { open_id: 'ou_…' },
  },
  'GET rows': {
    zh: '表格里的行',
    en: 'Rows of tables',
    fields: { table: 'name or id', app_token: 'base' },
  },
  'POST bases': {
    zh: '某人新建一个多维表格',
    en: 'A person makes a base',
    fields: { open_id: 'ou_…', name: '名称' },
  },
  'POST bases/:app_token/share': {
    zh: '把应用加进表格，或移出',
    en: 'Lets the app into a base, or out',
    fields: { shared: 'true | false', perm: 'view | edit | full_access' },
  },
  [`POST ${table}/records`]: { zh: '某人新增一行', en: 'A person adds a row', fields: row },
  [`POST ${table}/records/:record_id/edit`]: { zh: '某人修改一行', en: 'A person edits a row', fields: row },
  [`POST ${table}/records/:record_id/delete`]: {
    zh: '某人删除一行',
    en: 'A person deletes a row',
    fields: { open_id: 'ou_…' },
  },
  [`POST ${table}/fields/:field_id/rename`]: {
    zh: '某人给列改名',
    en: 'A person renames a column',
    fields: { open_id: 'ou_…', name: '新名称' },
  },
  [`POST ${table}/fields/:field_id/retype`]: {
    zh: '某人改列的类型',
    en: 'A person retypes a column',
    fields: { open_id: 'ou_…', type: 'number', ui_type: 'text', property: '{…}' },
  },
  [`POST ${table}/fields/:field_id/delete`]: {
    zh: '某人删除一列',
    en: 'A person deletes a column',
    fields: { open_id: 'ou_…' },
  },
  'POST approvals/:instance_code/approve': {
    zh: '审批人同意',
    en: 'Approves the open task of a person',
    fields: { open_id: 'ou_…', comment: '意见' },
  },
  'POST approvals/:instance_code/reject': {
    zh: '审批人拒绝',
    en: 'Rejects the open task of a person',
    fields: { open_id: 'ou_…', comment: '意见' },
  },
  'POST approvals/:instance_code/cancel': {
    zh: '申请人撤回',
    en: 'The applicant withdraws',
    fields: { open_id: 'ou_…' },
  },
  [`POST ${shop}/orders`]: {
    zh: '顾客下单（默认已付款）',
    en: 'Customers order, paid at once unless status is 1',
    fields: { count: '1–10000', shop_id: 'number', kind: 'voucher | goods', status: '1: not paid' },
    example: { count: 1 },
  },
  [`POST ${shop}/advance`]: {
    zh: '订单往前走一步',
    en: 'Moves an order on',
    fields: {
      order_id: 'newest when absent',
      to: 'paid | booked | shipped | verified | finished | cancelled | expired',
    },
    example: {},
  },
  [`POST ${shop}/refunds`]: {
    zh: '买家申请退款',
    en: 'The buyer asks for money back',
    fields: { order_id: 'newest when absent', amount: 'fen', type: '0 | 1 | 2', reason: '原因' },
    example: {},
  },
  [`POST ${shop}/refunds/:id/withdraw`]: { zh: '买家撤销退款', en: 'The buyer withdraws a refund' },
  [`POST ${shop}/refunds/:id/amount`]: {
    zh: '买家改退款金额',
    en: 'The buyer changes the amount',
    fields: { amount: 'fen' },
  },
  [`POST ${shop}/refunds/:id/return`]: { zh: '买家寄回商品', en: 'The buyer sends the goods back' },
  [`POST ${shop}/bulk`]: {
    zh: '压测用的大量订单（只在内存，不推送）',
    en: 'Many orders for load tests, in memory, not pushed',
    fields: { count: '1–500000', shop_id: 'number', days: 'number' },
    example: { count: 100 },
  },
  [`POST ${shop}/bulk/advance`]: {
    zh: '压测订单往前走',
    en: 'Moves orders of a load test on',
    fields: { count: 'number' },
  },
  [`POST ${shop}/push-options`]: {
    zh: '店铺推送重复与乱序的比例',
    en: 'Shares of pushes sent twice or out of order',
    fields: { duplicate: '0–1', reorder: '0–1' },
    example: { duplicate: 0, reorder: 0 },
  },
  [`POST ${shop}/push-check`]: {
    zh: '发送推送地址检查',
    en: 'Sends the address check of pushes',
    example: {},
  },
  [`POST ${shop}/authorize`]: {
    zh: '店铺授权码',
    en: 'An authorisation code of a shop',
    fields: { shop_id: 'number' },
  },
  [`POST ${shop}/shops`]: {
    zh: '再开一家店（连同它的群）',
    en: 'One more shop with its group',
    fields: { name: '店名', kind: 'voucher | goods' },
    example: { kind: 'goods' },
  },
  'POST erp/jushuitan/refunds': {
    zh: 'ERP 里登记一笔退款',
    en: 'Somebody registers a refund in the ERP',
    fields: { order_id: 'newest paid when absent', amount: 'fen', reason: '原因', creator: '姓名' },
    example: {},
  },
  'POST erp/jushuitan/refunds/:as_id/amount': {
    zh: '改 ERP 退款金额',
    en: 'Changes the amount in the ERP',
    fields: { amount: 'fen' },
  },
  'POST erp/jushuitan/refunds/:as_id/cancel': { zh: '取消 ERP 退款', en: 'Cancels the refund in the ERP' },
  'GET app': { zh: '应用的权限、可用范围与版本', en: 'Scopes, availability and version of the app' },
  'POST app': {
    zh: '改应用的设置，如权限',
    en: 'Changes settings of the app, such as its scopes',
    fields: {
      grantScopes: '{ tenant: […], user: […] }',
      removeScopes: '{ tenant: […], user: […] }',
      redirectUrls: '[URL]',
      isEnabled: 'true | false',
      visibleTo: 'all, or who',
      contacts: 'all | equal_to_availability, or who',
    },
  },
  'POST oauth/revoke': {
    zh: '某人收回授权，用户令牌随之失效',
    en: 'A person takes consent back; user tokens die',
    fields: { open_id: 'ou_…' },
  },
  'POST oauth/registration': {
    zh: '扫码建应用时两次轮询最少隔几秒',
    en: 'Seconds between polls of a one-scan registration',
    fields: { interval: 'seconds' },
    example: { interval: 5 },
  },
  'POST channels/taobao/shops': {
    zh: '再开一家淘宝店',
    en: 'One more Taobao shop',
    fields: { name: '店名', is_tmall: 'true | false', needs_code: 'true | false' },
  },
  'POST channels/taobao/trades': {
    zh: '淘宝下单',
    en: 'Taobao customers order',
    fields: { shop_id: 'first when absent', count: '1–100000', amount: 'fen', paid: 'true | false' },
  },
  'POST channels/taobao/trades/advance': { zh: '淘宝订单往前走', en: 'Moves Taobao trades on' },
  'POST channels/taobao/refunds': { zh: '淘宝买家申请退款', en: 'A Taobao buyer asks for money back' },
  'POST channels/taobao/refunds/withdraw': {
    zh: '淘宝买家撤销退款',
    en: 'A Taobao buyer withdraws a refund',
  },
  'POST channels/taobao/sessions/expire': { zh: '淘宝授权全部过期', en: 'All Taobao sessions expire' },
  'POST generator': {
    zh: '每分钟自己来多少订单，0 停止',
    en: 'Pace of new orders, 0 stops them',
    fields: { ordersPerMinute: 'number' },
    example: { ordersPerMinute: 6 },
  },
}
