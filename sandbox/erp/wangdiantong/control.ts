/** Control calls that play the ERP's people: `/_control/erp/wangdiantong/…`. Amounts are fen. */
import { ApiFailure, type ControlAbout, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { mergeTrades, splitTrade } from './merge-split.ts'
import { type Account, type ErpRefund, nextNumber, type Trade, touch, wdtChanged, wdtState } from './state.ts'

type Handle = (kernel: Kernel, call: ControlCall) => unknown

const routes: Record<string, ControlAbout & { handle: Handle }> = {
  accounts: {
    zh: '开通旺店通账号',
    en: 'Opens a Wangdiantong account',
    fields: { edition: 'flagship | enterprise', shops: '[shop_no]' },
    example: {},
    handle: openAccount,
  },
  trades: {
    zh: '旺店通收到平台订单',
    en: 'Platform orders arrive in Wangdiantong',
    fields: {
      sid: 'first when absent',
      shop_no: '店铺编号',
      count: '1–20000',
      quantity: '件数',
      paid: 'true | false',
    },
    handle: placeTrades,
  },
  'trades/status': {
    zh: '改旺店通订单状态',
    en: 'Sets the state of a trade',
    fields: { trade_no: '单号', status: 'number' },
    handle: setStatus,
  },
  'trades/merge': {
    zh: '合并旺店通订单',
    en: 'Merges trades into the first',
    fields: { trade_nos: '[单号]' },
    handle: mergeTrades,
  },
  'trades/split': {
    zh: '拆分旺店通订单',
    en: 'Splits one piece off a trade',
    fields: { trade_no: '单号' },
    handle: splitTrade,
  },
  refunds: {
    zh: '旺店通登记退换单',
    en: 'Somebody registers a refund in Wangdiantong',
    fields: { trade_no: '单号', amount: 'fen', raw_no: '平台退款单号', reason: '原因', type: '1 | 2 | 3' },
    handle: addRefund,
  },
  'refunds/change': {
    zh: '改旺店通退换单的状态或金额',
    en: 'Changes the state or amount of a refund',
    fields: { refund_no: '单号', status: 'number', amount: 'fen' },
    handle: changeRefund,
  },
  'over-rate': {
    zh: '接下来几次调用按限流拒绝',
    en: 'Refuses the next calls for their rate',
    fields: { times: 'number' },
    example: { times: 1 },
    handle: setOverRate,
  },
}

export function registerWdtControl(kernel: Kernel): void {
  for (const [path, { handle, ...about }] of Object.entries(routes))
    kernel.control('POST', `erp/wangdiantong/${path}`, { about, handle: (call) => handle(kernel, call) })
}

function openAccount(kernel: Kernel, { body }: ControlCall): unknown {
  const edition = body.edition === 'enterprise' ? 'enterprise' : 'flagship'
  const numbers = Array.isArray(body.shops) ? body.shops.map(String) : ['WDT01']
  const account: Account = {
    sid: `wdt${nextNumber(kernel)}`,
    edition,
    appKey: kernel.id('wk_').slice(3),
    secret: kernel.id('ws_').slice(3),
    salt: edition === 'flagship' ? kernel.id('wt_').slice(3) : '',
    shops: numbers.map((shopNo) => ({ shopNo, name: `旺店通店铺 ${shopNo}` })),
  }
  wdtState(kernel).accounts.push(account)
  wdtChanged(kernel)
  return account
}

function accountNamed(kernel: Kernel, sid: unknown): Account {
  const { accounts } = wdtState(kernel)
  const account = sid === undefined ? accounts[0] : accounts.find((one) => one.sid === sid)
  if (account === undefined)
    throw new ApiFailure(404, 'no such account: open one with POST erp/wangdiantong/accounts', {
      status: 404,
    })
  return account
}

export function tradeNamed(kernel: Kernel, tradeNo: unknown): Trade {
  const trade = wdtState(kernel).trades.find((one) => one.tradeNo === tradeNo)
  if (trade === undefined) throw new ApiFailure(404, 'no such trade', { status: 404 })
  return trade
}

function placeTrades(kernel: Kernel, { body }: ControlCall): unknown {
  const account = accountNamed(kernel, body.sid)
  const count = body.count ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 20_000)
    throw new ApiFailure(400, 'count must be 1 to 20000')
  const trades = Array.from({ length: count }, () => addTrade(kernel, account, body))
  wdtChanged(kernel)
  return { trades: trades.map(({ tradeNo, details }) => ({ trade_no: tradeNo, tid: details[0]?.tid })) }
}

function addTrade(kernel: Kernel, account: Account, wanted: Record<string, unknown>): Trade {
  const now = kernel.clock.now()
  const number = nextNumber(kernel)
  const tid = String(6_932_876_041_925_000_000n + BigInt(number) * 100n)
  const paid = wanted.paid !== false
  const trade: Trade = {
    tradeId: number,
    tradeNo: `JY${number}`,
    sid: account.sid,
    shopNo: typeof wanted.shop_no === 'string' ? wanted.shop_no : (account.shops[0]?.shopNo ?? ''),
    status: paid ? 30 : 10,
    splitFrom: 0,
    createdAt: now,
    paidAt: paid ? now : null,
    shippedAt: null,
    modifiedAt: now,
    buyerWords: typeof wanted.words === 'string' ? wanted.words : '',
    details: [
      {
        recId: number,
        tid,
        oid: `${tid.slice(0, -1)}2`,
        title: '山货礼盒',
        specNo: 'SH-BOX-1',
        quantity: typeof wanted.quantity === 'number' ? wanted.quantity : 1,
        price: 9_900,
      },
    ],
  }
  wdtState(kernel).trades.push(trade)
  return trade
}

function setStatus(kernel: Kernel, { body }: ControlCall): unknown {
  const trade = tradeNamed(kernel, body.trade_no)
  trade.status = Number(body.status)
  if (trade.status === 95) trade.shippedAt = kernel.clock.now()
  touch(kernel, trade)
  return { trade_no: trade.tradeNo, status: trade.status }
}

function addRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const trade = tradeNamed(kernel, body.trade_no)
  const number = nextNumber(kernel)
  const refund: ErpRefund = {
    refundId: number,
    refundNo: `TK${number}`,
    sid: trade.sid,
    shopNo: trade.shopNo,
    tids: [...new Set(trade.details.map((detail) => detail.tid))],
    rawNumbers: typeof body.raw_no === 'string' ? [body.raw_no] : [],
    type: typeof body.type === 'number' ? body.type : 1,
    status: 20,
    amount: typeof body.amount === 'number' ? body.amount : 9_900,
    paidBack: 0,
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
    remark: '',
    creator: '王芳',
    createdAt: kernel.clock.now(),
    modifiedAt: kernel.clock.now(),
  }
  wdtState(kernel).refunds.push(refund)
  wdtChanged(kernel)
  return { refund_no: refund.refundNo, amount: refund.amount, tids: refund.tids }
}

function changeRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const refund = wdtState(kernel).refunds.find((one) => one.refundNo === body.refund_no)
  if (refund === undefined) throw new ApiFailure(404, 'no such refund', { status: 404 })
  if (typeof body.status === 'number') refund.status = body.status
  if (typeof body.amount === 'number') refund.amount = body.amount
  touch(kernel, refund)
  return { refund_no: refund.refundNo, status: refund.status, amount: refund.amount }
}

function setOverRate(kernel: Kernel, { body }: ControlCall): unknown {
  wdtState(kernel).overRate = Number(body.times ?? 1)
  wdtChanged(kernel)
  return { times: wdtState(kernel).overRate }
}
