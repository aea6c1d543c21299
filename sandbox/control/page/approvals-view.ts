import { definitionOf, openTasks } from '../../feishu/approval/flow.ts'
import { valuesByName } from '../../feishu/approval/form.ts'
import { approvalState, type Instance, type Task } from '../../feishu/approval/state.ts'
import { userByOpenId } from '../../feishu/contact/people.ts'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { type Html, html, timeOf } from './html.ts'

const shownPending = 2
const mostPending = 50
const shownDecided = 5
const words: Record<Instance['status'], string> = {
  PENDING: '审批中',
  APPROVED: '已同意',
  REJECTED: '已拒绝',
  CANCELED: '已撤销',
  DELETED: '已删除',
}
/** What a supervisor looks at first; the rest of the form is one tap away. */
const first = ['店铺', '商品', '退款金额', '订单金额', '退款原因']

/** Approvals that wait, with the buttons of those who decide, and the last decided ones. */
export function approvalsView(kernel: OwnKernel): Html {
  const { instances, definitions } = approvalState(kernel)
  const pending = instances.filter((one) => one.status === 'PENDING').reverse()
  const decided = instances.filter((one) => one.status !== 'PENDING').sort((a, b) => b.endTime - a.endTime)
  const names = definitions.map((one) => one.name).join('、')
  return html`<section class="panel" id="approvals"><h2>审批 <small>Approvals · ${names} · 待处理 ${pending.length}</small></h2>
${pending.length === 0 && html`<p class="empty">没有待处理的审批。试试「ERP 退款」。</p>`}
${pending.slice(0, shownPending).map((one) => pendingView(kernel, one))}
${
  pending.length > shownPending &&
  html`<details data-key="more"><summary>还有 ${pending.length - shownPending} 个</summary>${pending
    .slice(shownPending, mostPending)
    .map((one) => pendingView(kernel, one))}</details>`
}
${decided.slice(0, shownDecided).map((one) => decidedView(kernel, one))}</section>`
}

function pendingView(kernel: OwnKernel, instance: Instance): Html {
  const values = Object.entries(valuesByName(definitionOf(kernel, instance), instance.form))
  const main = values.filter(([name]) => first.includes(name))
  const rest = values.filter(([name]) => !first.includes(name))
  return html`<article class="approval"><small>${nameOf(kernel, instance.openId)} 提交 · ${timeOf(instance.startTime)}</small>
${list(main)}<details data-key="${instance.instance_code}"><summary>全部内容</summary>${list(rest)}</details>
<div class="row">${openTasks(instance).map((task) => taskButtons(kernel, instance, task))}</div></article>`
}

function taskButtons(kernel: OwnKernel, instance: Instance, task: Task): Html {
  const body = JSON.stringify({ open_id: task.openId })
  const path = `approvals/${instance.instance_code}`
  const name = nameOf(kernel, task.openId)
  return html`<button class="small primary" data-post="${path}/approve" data-body="${body}" data-done="${name} 已同意">${name} 同意</button>
<button class="small danger" data-post="${path}/reject" data-body="${body}" data-done="${name} 已拒绝">${name} 拒绝</button>`
}

function decidedView(kernel: OwnKernel, instance: Instance): Html {
  const values = valuesByName(definitionOf(kernel, instance), instance.form)
  return html`<p class="decided"><span class="tag ${instance.status === 'APPROVED' ? 'green' : 'neutral'}">${words[instance.status]}</span> ${shown(values.退款金额)} · ${shown(values.店铺)} <small>${timeOf(instance.endTime)}</small></p>`
}

const list = (values: readonly [string, unknown][]) =>
  html`<dl>${values.map(([name, value]) => html`<dt>${name}</dt><dd>${shown(value)}</dd>`)}</dl>`

const shown = (value: unknown) =>
  typeof value === 'number'
    ? `¥${value.toFixed(2)}`
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)

const nameOf = (kernel: OwnKernel, openId: string) => userByOpenId(kernel, openId)?.name ?? openId
