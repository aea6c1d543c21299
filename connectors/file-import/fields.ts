/** What a column of a back office's export can mean, and what back offices call it. */
import type { RecordKind } from '#src/contracts/canonical.ts'

export interface Field {
  key: string
  /** What we call it, and what a mapping is written with. */
  label: string
  required?: true
  /** Other names, as seen in exports of Douyin, Taobao, JD, Pinduoduo, Kuaishou, Xiaohongshu, Fliggy, Ctrip, Tongcheng. */
  names: readonly string[]
  /** Value columns look like: used when no name is known. */
  looks?: RegExp
}

const order: readonly Field[] = [
  {
    key: 'orderNo',
    label: '订单号',
    required: true,
    names: [
      '订单编号',
      '主订单编号',
      '主订单号',
      '订单ID',
      '平台订单号',
      '线上订单号',
      '交易编号',
      '父订单号',
      '商户订单号',
      'order id',
      'order no',
    ],
    looks: /^[A-Za-z]{0,4}\d{8,32}$/,
  },
  { key: 'lineId', label: '子订单号', names: ['子订单编号', '商品单号', '子单号', '明细编号'] },
  { key: 'status', label: '订单状态', names: ['状态', '交易状态', '订单当前状态', '支付状态', '履约状态'] },
  {
    key: 'createdAt',
    label: '下单时间',
    required: true,
    names: [
      '订单提交时间',
      '订单创建时间',
      '创建时间',
      '拍下时间',
      '成交时间',
      '下单日期',
      '预订时间',
      '预定时间',
    ],
    looks: /^\d{4}[-/年.]\d{1,2}/,
  },
  { key: 'paidAt', label: '付款时间', names: ['支付完成时间', '支付时间', '订单付款时间', '付款日期'] },
  { key: 'shippedAt', label: '发货时间', names: ['订单发货时间', '商家发货时间'] },
  { key: 'verifiedAt', label: '核销时间', names: ['使用时间', '消费时间', '验券时间'] },
  {
    key: 'completedAt',
    label: '完成时间',
    names: ['订单完成时间', '确认收货时间', '交易成功时间', '交易完成时间'],
  },
  { key: 'cancelledAt', label: '取消时间', names: ['订单关闭时间', '关闭时间', '订单取消时间'] },
  { key: 'updatedAt', label: '更新时间', names: ['最后更新时间', '修改时间', '状态更新时间'] },
  {
    key: 'total',
    label: '订单金额',
    names: ['订单总额', '订单应付金额', '总金额', '应付金额', '商品总价', '订单总价', '买家应付货款', '总价'],
  },
  {
    key: 'paid',
    label: '实付金额',
    names: [
      '买家实付金额',
      '实际支付金额',
      '实收金额',
      '支付金额',
      '用户实付',
      '买家实际支付金额',
      '订单实付',
      '实付款',
      '商家实收金额',
    ],
  },
  { key: 'freight', label: '运费', names: ['邮费', '快递费', '运费金额', '买家应付邮费'] },
  {
    key: 'title',
    label: '商品名称',
    names: [
      '商品',
      '选购商品',
      '商品标题',
      '宝贝标题',
      '产品名称',
      '产品',
      '套餐名称',
      '商品信息',
      '酒店名称',
    ],
  },
  {
    key: 'sku',
    label: '规格',
    names: ['商品规格', '商品属性', '规格名称', 'SKU', 'sku名称', '套餐类型', '房型', '产品规格'],
  },
  { key: 'productId', label: '商品编号', names: ['商品ID', '商品编码', '宝贝ID', '产品编号', '货号'] },
  {
    key: 'quantity',
    label: '数量',
    names: ['商品数量', '购买数量', '宝贝数量', '份数', '件数', '间夜数', '张数'],
  },
  { key: 'amount', label: '商品金额', names: ['商品单价合计', '商品小计', '小计', '货款金额'] },
  { key: 'price', label: '单价', names: ['商品单价', '价格', '商品价格', '销售价'] },
  {
    key: 'buyerName',
    label: '收件人',
    names: [
      '收货人',
      '收货人姓名',
      '收件人姓名',
      '联系人',
      '买家姓名',
      '出行人',
      '入住人',
      '客人姓名',
      '取票人',
    ],
  },
  {
    key: 'buyerPhone',
    label: '手机号',
    names: ['收件人手机号', '收货人手机号', '联系手机', '联系电话', '收件人手机', '手机', '买家手机'],
  },
  { key: 'buyerId', label: '买家账号', names: ['买家昵称', '买家会员名', '用户昵称', '买家ID', '会员名'] },
  {
    key: 'buyerWords',
    label: '买家留言',
    names: ['买家备注', '客户留言', '用户备注', '订单备注', '买家留言备注'],
  },
  { key: 'sellerWords', label: '商家备注', names: ['卖家备注', '商家备忘', '订单备忘', '客服备注'] },
  { key: 'certificateId', label: '券码', names: ['券号', '核销码', '凭证码', '电子码', '券码编号'] },
  { key: 'authorName', label: '达人', names: ['达人昵称', '达人名称', '主播', '主播昵称', '带货达人'] },
  { key: 'authorId', label: '达人编号', names: ['达人ID', '主播ID', '达人UID'] },
]

const refund: readonly Field[] = [
  {
    key: 'refundNo',
    label: '退款单号',
    required: true,
    names: ['退款编号', '售后单号', '售后编号', '售后单ID', '退货单号', '退款单编号', '服务单号'],
    looks: /^[A-Za-z]{0,4}\d{8,32}$/,
  },
  {
    key: 'orderNo',
    label: '订单号',
    required: true,
    names: ['订单编号', '主订单编号', '主订单号', '订单ID', '平台订单号', '商户订单号', '关联订单号'],
  },
  { key: 'kind', label: '售后类型', names: ['退款类型', '售后方式', '申请类型', '服务类型'] },
  { key: 'stage', label: '售后状态', names: ['退款状态', '售后单状态', '状态', '处理状态'] },
  {
    key: 'amount',
    label: '退款金额',
    required: true,
    names: ['申请退款金额', '售后金额', '买家退款金额', '应退金额', '退款总金额'],
  },
  { key: 'refundedAmount', label: '实退金额', names: ['实际退款金额', '退款成功金额'] },
  {
    key: 'requestedAt',
    label: '申请时间',
    required: true,
    names: ['退款申请时间', '售后申请时间', '申请日期', '创建时间', '退款创建时间'],
  },
  { key: 'refundedAt', label: '退款时间', names: ['退款完结时间', '退款成功时间', '完结时间', '打款时间'] },
  { key: 'deadline', label: '处理截止时间', names: ['超时时间', '商家处理截止时间'] },
  { key: 'updatedAt', label: '更新时间', names: ['最后更新时间', '修改时间', '最近更新时间'] },
  { key: 'reason', label: '退款原因', names: ['售后原因', '申请原因', '买家退款原因', '原因'] },
]

export const fields: Record<RecordKind, readonly Field[]> = { orders: order, refunds: refund }
