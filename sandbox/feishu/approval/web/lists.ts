/** The four lists of the approval page. */
import type { Kernel, WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { definitionOf } from '../definition-store.ts'
import { approvalState, type Instance } from '../state.ts'
import { openTasks } from '../task-list.ts'
import { externalItems } from './external-items.ts'
import { statusOf, titleOf, whoIs } from './seen.ts'
import type { ApprovalItem, ApprovalList, ApprovalTab } from './shapes.ts'
import { inWords, orderedForm, showForm } from './values.ts'

const shownAtOnce = 50
const mostShown = 1000
const summaryLength = 3
const longest = 60

interface Entry {
  instance: Instance
  at: number
  unread: boolean
}

/** When an instance came to a tab of this person; undefined where it does not belong. */
const times: Record<ApprovalTab, (instance: Instance, me: string) => number | undefined> = {
  todo: (instance, me) => openTasks(instance).find((task) => task.openId === me)?.startTime,
  done: (instance, me) =>
    instance.tasks.findLast(
      (task) => task.openId === me && ['APPROVED', 'REJECTED', 'TRANSFERRED'].includes(task.status),
    )?.endTime,
  started: (instance, me) => (instance.openId === me ? instance.startTime : undefined),
  copied: (instance, me) => instance.copies.findLast((copy) => copy.openId === me)?.createTime,
}

const tabs = Object.keys(times) as ApprovalTab[]

/** `GET approval/list?tab=todo&show=50&find=…`, newest first. */
export function listApprovals(kernel: Kernel, call: WebCall): ApprovalList {
  const me = personOf(kernel, call).open_id
  const tab = tabs.find((one) => one === call.query.tab) ?? 'todo'
  const show = Math.min(mostShown, Math.max(1, Number(call.query.show) || shownAtOnce))
  const find = typeof call.query.find === 'string' ? call.query.find.trim().toLowerCase() : ''
  const own = entriesOf(kernel, tab, me)
    .filter(({ instance }) => find === '' || fullText(kernel, instance, me).includes(find))
    .map((entry) => ({ at: entry.at, item: () => itemOf(kernel, entry, me) }))
  const others = externalItems(kernel, tab, me)
    .filter((item) => find === '' || textOf(item).includes(find))
    .map((item) => ({ at: item.at, item: () => item }))
  const all = [...own, ...others].toSorted((a, b) => b.at - a.at)
  return {
    counts: countsOf(kernel, me),
    items: all.slice(0, show).map((one) => one.item()),
    more: all.length > show,
  }
}

function textOf(item: ApprovalItem): string {
  return [item.title, item.applicant.name, ...item.summary.map((line) => line.text)].join('\n').toLowerCase()
}

function entriesOf(kernel: Kernel, tab: ApprovalTab, me: string): Entry[] {
  return approvalState(kernel)
    .instances.flatMap((instance) => {
      const at = times[tab](instance, me)
      const unread = tab === 'copied' && hasUnread(instance, me)
      return at === undefined ? [] : [{ instance, at, unread }]
    })
    .toSorted((a, b) => b.at - a.at)
}

function countsOf(kernel: Kernel, me: string): ApprovalList['counts'] {
  const { instances } = approvalState(kernel)
  const count = (tab: ApprovalTab) =>
    instances.filter((instance) => times[tab](instance, me) !== undefined).length +
    externalItems(kernel, tab, me).length
  return {
    todo: count('todo'),
    done: count('done'),
    started: count('started'),
    copied:
      instances.filter((instance) => hasUnread(instance, me)).length +
      externalItems(kernel, 'copied', me).filter((item) => item.unread).length,
  }
}

function hasUnread(instance: Instance, me: string): boolean {
  return instance.copies.some((copy) => copy.openId === me && copy.readTime === 0)
}

function itemOf(kernel: Kernel, { instance, at, unread }: Entry, me: string): ApprovalItem {
  return {
    instance_code: instance.instance_code,
    title: titleOf(kernel, instance),
    applicant: whoIs(kernel, instance.openId),
    summary: summaryOf(kernel, instance, me),
    status: statusOf(instance),
    at,
    unread,
    link: null,
  }
}

/** The first values, with an amount that must be given among them: it is what people look for. */
function summaryOf(kernel: Kernel, instance: Instance, me: string): ApprovalItem['summary'] {
  const definition = definitionOf(kernel, instance)
  const filled = orderedForm(definition, instance.form)
  const amount = definition?.form.find((widget) => widget.type === 'amount' && widget.required)?.id
  const first = filled.filter((one) => one.id === amount)
  const others = filled.filter((one) => one.id !== amount && one.type !== 'text')
  return showForm({ kernel, me }, definition?.form ?? [], [...first, ...others].slice(0, summaryLength)).map(
    ({ name, value }) => ({ name, text: shortened(inWords(value)) }),
  )
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function fullText(kernel: Kernel, instance: Instance, me: string): string {
  const values = showForm({ kernel, me }, definitionOf(kernel, instance)?.form ?? [], instance.form)
  const words = values.map(({ value }) => inWords(value))
  return [titleOf(kernel, instance), instance.serial_number, whoIs(kernel, instance.openId).name, ...words]
    .join('\n')
    .toLowerCase()
}
