import { listUsers } from '../../feishu/contact/people.ts'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { type Html, html } from './html.ts'
import { roleWord } from './world-view.ts'

const shops = 'channels/douyin-shop'
const minuteMs = 60_000

/** Label, control path, body, what to say when it is done. */
const actions: readonly (readonly [string, string, Record<string, unknown>, string])[] = [
  ['下一单', `${shops}/orders`, { count: 1 }, '买家下了一单'],
  ['下十单', `${shops}/orders`, { count: 10 }, '买家下了十单'],
  ['订单往前走一步', `${shops}/advance`, {}, '最新一单往前走了一步'],
  ['ERP 退款', 'erp/jushuitan/refunds', {}, 'ERP 里登记了一笔退款'],
  ['平台退款', `${shops}/refunds`, {}, '买家在平台申请了退款'],
  ['时间 +15 分钟', 'clock', { advanceMs: 15 * minuteMs }, '沙箱时间前进了 15 分钟'],
]

const speeds = [0, 6, 30, 120]

/** The faults people meet most; `POST /_control/faults` knows more of them and more about each. */
const faults: readonly (readonly [string, Record<string, unknown>])[] = [
  ['请求过快 429', { kind: 'http_429', family: 'feishu', times: 5 }],
  ['服务器错误 5xx', { kind: '5xx', family: 'feishu', times: 5 }],
  ['变慢 5 秒', { kind: 'slow', family: 'feishu', ms: 5_000, times: 5 }],
  ['没处理就断线', { kind: 'reset_before', family: 'feishu', times: 3 }],
  ['处理了但应答丢失', { kind: 'reset_after_apply', family: 'feishu', times: 3 }],
  ['访问凭证失效', { kind: 'token_revoked', times: 1 }],
  ['表格写冲突 1254291', { kind: '1254291', family: 'bitable', times: 5 }],
  ['群消息过快 230020', { kind: '230020', family: 'im', times: 5 }],
  ['事件重复推送', { kind: 'duplicate_event', times: 10 }],
  ['事件丢失', { kind: 'drop_event', times: 3 }],
  ['长连接断开', { kind: 'disconnect', times: 1 }],
  ['长连接假死', { kind: 'half_open', times: 1 }],
  ['抖店不应答', { kind: 'reset_before', family: 'douyin-shop', times: 5 }],
  ['聚水潭应答丢失', { kind: 'reset_after_apply', family: 'jushuitan', times: 2 }],
]

/** What a person can do to this world. Stays in place while the rest of the page is refreshed. */
export function controls(kernel: OwnKernel): Html {
  return html`<div class="controls"><div class="row">${actions.map(([label, path, body, done]) =>
    post(label, { path, body, done }),
  )}</div>
<div class="row"><label>点卡片的人 <small>as</small> <select id="person">${listUsers(kernel).map(
    (person) =>
      html`<option value="${person.open_id}">${person.name}（${person.roles.map(roleWord).join('、')}）</option>`,
  )}</select></label><button id="claim" class="primary">认领最新一单</button>
<label>故障 <small>fault</small> <select id="fault">${faults.map(
    ([label, body]) => html`<option value="${JSON.stringify(body)}">${label}</option>`,
  )}</select></label><button id="fault-on">注入</button>${post('清除故障', {
    path: 'faults',
    body: { clear: true },
    done: '故障已清除',
  })}
<label>来单速度 <small>speed</small> <select id="speed">${speeds.map(
    (speed) =>
      html`<option value="${speed}"${speed === kernel.settings.ordersPerMinute && html` selected`}>${
        speed === 0 ? '停止' : `每分钟 ${speed} 单`
      }</option>`,
  )}</select></label></div></div>`
}

function post(label: string, to: { path: string; body: unknown; done: string }): Html {
  return html`<button data-post="${to.path}" data-body="${JSON.stringify(to.body)}" data-done="${to.done}">${label}</button>`
}
