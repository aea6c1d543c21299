import { createHash } from 'node:crypto'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { approvalsView } from './page/approvals-view.ts'
import { chatsView } from './page/chats-view.ts'
import { controls } from './page/controls.ts'
import { type Html, html } from './page/html.ts'
import { script } from './page/script.ts'
import { style } from './page/style.ts'
import { basesView, peopleView, statusLine } from './page/world-view.ts'

const links = [
  ['state', '应用、人员、群、表格、审批'],
  ['effects', '至今的全部结果'],
  ['traffic', '最近的请求与应答'],
  ['faults', '正在生效的故障'],
  ['settings', '设置'],
  ['clock', '沙箱时间'],
] as const

/** Only our own style and script: what people and channels wrote can never run here. */
const policy = `default-src 'none'; style-src 'sha256-${hashOf(style)}'; script-src 'sha256-${hashOf(script)}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/**
 * The sandbox's plain page: look at this world and act in it without the client. `?live=1` is the part that changes.
 */
export function registerStatusPage(kernel: OwnKernel, path: string): void {
  kernel.app.get<{ Querystring: { live?: string } }>(path, async (request, reply) => {
    const page = request.query.live === undefined ? wholePage(kernel) : livePart(kernel)
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('cache-control', 'no-store')
      .send(page.html)
  })
}

function wholePage(kernel: OwnKernel): Html {
  return html`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>汇流沙箱</title>${raw(`<style>${style}</style>`)}
<div class="top"><h1>汇流沙箱 <small>Huiliu sandbox</small></h1>
<p>本机模拟的飞书、抖店和聚水潭：在这里下单、点卡片、审批、制造故障，看汇流怎么做。 <small>A local Feishu, shop and ERP to try things in.</small></p>${controls(kernel)}</div>
<main>${livePart(kernel)}</main><div id="toast" role="status"></div>${raw(`<script>${script}</script>`)}</html>`
}

function livePart(kernel: OwnKernel): Html {
  return html`${statusLine(kernel)}<div class="layout"><div>${chatsView(kernel)}</div>
<div class="side">${approvalsView(kernel)}${basesView(kernel)}<div class="later">${peopleView(kernel)}</div>${apiView(kernel)}</div></div>`
}

function apiView(kernel: OwnKernel): Html {
  return html`<section class="panel later"><h2>控制接口 <small>Control API</small></h2><table>${links.map(
    ([path, text]) =>
      html`<tr><td><a href="/_control/${path}"><code>/_control/${path}</code></a></td><td>${text}</td></tr>`,
  )}</table><p><small>应用 <code>${kernel.identity().appId}</code></small></p></section>`
}

const raw = (text: string): Html => ({ html: text })

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
