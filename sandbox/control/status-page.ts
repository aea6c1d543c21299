import { listChats } from '../feishu/im/chats.ts'
import type { Chat, Message } from '../feishu/im/im-state.ts'
import { messagesIn, wireMessage } from '../feishu/im/messages.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'

const shownMessages = 5
const longestLine = 160
const links = [
  ['/_control/state', '应用、人员、群、多维表格、审批'],
  ['/_control/effects', '至今的全部结果（表格行、消息、审批、退款）'],
  ['/_control/traffic', '最近的请求与应答'],
  ['/_control/faults', '正在生效的故障'],
  ['/_control/settings', '设置'],
  ['/_control/clock', '沙箱时间'],
] as const

/** A plain page for a person who opens the sandbox's address. */
export function registerStatusPage(kernel: OwnKernel): void {
  kernel.app.get('/', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(pageOf(kernel)),
  )
}

function pageOf(kernel: OwnKernel): string {
  const list = links
    .map(([url, text]) => `<li><a href="${url}"><code>${url}</code></a> ${text}</li>`)
    .join('')
  const chats = listChats(kernel)
    .map((chat) => section(kernel, chat))
    .join('')
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>汇流沙箱</title><style>body{font:15px/1.6 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1f2329}
h2{font-size:1.05rem;margin:1.5rem 0 .3rem}li{margin:.15rem 0}small,time{color:#646a73}code{background:#f2f3f5;padding:0 .3em}</style>
<h1>汇流沙箱 <small>Huiliu sandbox</small></h1>
<p>本机的飞书、店铺与 ERP。应用 <code>${kernel.identity().appId}</code>，沙箱时间 ${timeOf(kernel.clock.now())}，长连接 ${kernel.events.longConnection.count()} 个。</p>
<ul>${list}</ul>${chats}</html>`
}

function section(kernel: OwnKernel, chat: Chat): string {
  const last = messagesIn(kernel, chat.chat_id).slice(-shownMessages).reverse()
  const items = last.map(
    (message) => `<li><time>${timeOf(message.updatedAt)}</time> ${asHtml(line(kernel, message))}</li>`,
  )
  return `<h2>${asHtml(chat.name)} <small>${chat.messages.length} 条消息，${chat.members.length} 人</small></h2><ul>${
    items.join('') || '<li><small>还没有消息</small></li>'
  }</ul>`
}

function line(kernel: OwnKernel, message: Message): string {
  const content = String((wireMessage(kernel, message).body as { content: string }).content)
  if (message.state === 'recalled') return '（已撤回）'
  const value = JSON.parse(content) as { text?: string; title?: string; elements?: { text: string }[][] }
  if (message.msg_type !== 'interactive') return value.text ?? `[${message.msg_type}]`
  const texts = (value.elements ?? []).flat().map((element) => element.text)
  return [`【${value.title ?? '卡片'}】`, ...texts].join(' ').slice(0, longestLine)
}

function timeOf(ms: number): string {
  return new Date(ms).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
}

function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
