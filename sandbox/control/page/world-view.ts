import { bases } from '../../feishu/bitable/state.ts'
import { listUsers } from '../../feishu/contact/people.ts'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { type Html, html, timeOf } from './html.ts'

const roleWords: Record<string, string> = {
  operator: '客服',
  host: '主播',
  supervisor: '主管',
  finance: '财务',
  admin: '管理员',
}

export const roleWord = (role: string) => roleWords[role] ?? role

/** One line: is a product connected, what time is it, how fast do orders come, which faults are on. */
export function statusLine(kernel: OwnKernel): Html {
  const { eventUrl, ordersPerMinute } = kernel.settings
  const connections = kernel.events.longConnection.count()
  const isConnected = connections > 0 || eventUrl !== null
  const how = eventUrl === null ? `长连接 ${connections} 个` : '回调地址'
  const faults = kernel.faults.list()
  return html`<p class="status"><span class="${isConnected ? 'on' : 'off'}">${isConnected ? `汇流已连接（${how}）` : '汇流没有连接，先运行 npm start'}</span>
<span>沙箱时间 ${timeOf(kernel.clock.now())}</span><span>每分钟 ${ordersPerMinute} 单</span>${
    faults.length > 0 &&
    html`<span class="bad">故障：${faults.map((one) => `${one.kind}${one.times === undefined ? '' : ` ×${one.times}`}`).join('、')}</span>`
  }</p>`
}

/** The bases with their row counts; a table's name leads to its rows as JSON. */
export function basesView(kernel: OwnKernel): Html {
  const all = bases({ kernel })
  return html`<section class="panel"><h2>多维表格 <small>Bases</small></h2>${
    all.length === 0 && html`<p class="empty">还没有：汇流连接后自己创建。</p>`
  }${all.map(
    (base) =>
      html`<h3>${base.name} <small>${base.app_token}</small></h3><table>${base.tables.map(
        (table) =>
          html`<tr><td><a href="/_control/rows?table=${table.table_id}">${table.name}</a></td><td>${table.row_count} 行</td></tr>`,
      )}</table>`,
  )}</section>`
}

export function peopleView(kernel: OwnKernel): Html {
  return html`<section class="panel"><h2>人员 <small>People</small></h2><table>${listUsers(kernel).map(
    (person) =>
      html`<tr><td>${person.name}</td><td>${person.roles.map(roleWord).join('、')}</td><td><code>${person.open_id}</code></td></tr>`,
  )}</table></section>`
}
