/** Other systems' approvals in a person's lists; they open in those systems. */
import type { Kernel } from '../../../kernel/types.ts'
import { findPerson } from '../../contact/people.ts'
import { type ExternalInstance, externalState } from '../external/external-state.ts'
import { whoIs } from './seen.ts'
import type { ApprovalItem, ApprovalTab, InstanceStatus } from './shapes.ts'

type Entry = Record<string, unknown>

const mostSummary = 3
const shown = new Set<string>(['PENDING', 'APPROVED', 'REJECTED', 'CANCELED', 'DELETED', 'TERMINATED'])
const done = new Set(['APPROVED', 'REJECTED', 'TRANSFERRED'])

export function externalItems(kernel: Kernel, tab: ApprovalTab, me: string): ApprovalItem[] {
  return externalState(kernel).instances.flatMap((one) => {
    if (one.given.status === 'HIDDEN') return []
    const entry = entryOf(kernel, one, { tab, me })
    return entry ? [itemOf(kernel, one, entry)] : []
  })
}

/** The instance, task or copy that brings it to this tab. */
function entryOf(
  kernel: Kernel,
  one: ExternalInstance,
  { tab, me }: { tab: ApprovalTab; me: string },
): Entry | undefined {
  const isMine = (entry: Entry) => openIdOf(kernel, entry) === me
  if (tab === 'started') return isMine(one.given) ? one.given : undefined
  if (tab === 'copied') return one.copies.find(isMine)
  const fits = (status: string) => (tab === 'todo' ? status === 'PENDING' : done.has(status))
  return one.tasks.find((task) => isMine(task) && fits(String(task.status)))
}

function openIdOf(kernel: Kernel, { user_id, open_id }: Entry): string {
  if (user_id === undefined) return String(open_id ?? '')
  return findPerson(kernel, String(user_id), 'user_id')?.open_id ?? ''
}

function itemOf(kernel: Kernel, one: ExternalInstance, entry: Entry): ApprovalItem {
  const { given } = one
  const text = textsOf(given)
  const definition = externalState(kernel).definitions.find(
    (other) => other.approval_code === one.approval_code,
  )
  const status = String(given.status)
  return {
    instance_code: one.instance_id,
    title: given.title
      ? text(given.title)
      : textsOf(definition?.given ?? {})(definition?.given.approval_name),
    applicant: given.user_name
      ? { open_id: '', name: text(given.user_name) }
      : whoIs(kernel, openIdOf(kernel, given)),
    summary: ((given.form ?? []) as Entry[])
      .slice(0, mostSummary)
      .map((line) => ({ name: text(line.name), text: text(line.value) })),
    status: (shown.has(status) ? status : 'PENDING') as InstanceStatus,
    at: Number(entry.create_time ?? entry.start_time ?? 0),
    unread: entry.read_status === 'UNREAD',
    link: linkOf(entry) ?? linkOf(given) ?? null,
  }
}

function linkOf({ links }: Entry): string | undefined {
  const { pc_link, mobile_link } = (links ?? {}) as Record<string, string | undefined>
  const link = pc_link || mobile_link || ''
  return URL.canParse(link) && /^https?:$/.test(new URL(link).protocol) ? link : undefined
}

/** Texts of the default locale by their keys. */
function textsOf(given: Entry): (key: unknown) => string {
  const locales = (given.i18n_resources ?? []) as {
    is_default?: boolean
    texts?: { key: string; value: string }[]
  }[]
  const main = locales.find((one) => one.is_default) ?? locales[0]
  const texts = new Map((main?.texts ?? []).map(({ key, value }) => [key, value]))
  return (key) => texts.get(String(key)) ?? String(key ?? '')
}
