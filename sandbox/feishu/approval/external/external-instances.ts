/** `/approval/v4/external_instances`: another system's instances, tasks and copies. Feishu docs: 同步三方审批实例. */
import type { ApiCall, Kernel } from '../../../kernel/types.ts'
import { findPerson } from '../../contact/people.ts'
import { approvalFailure } from '../failures.ts'
import { readI18n } from '../i18n-texts.ts'
import { requireExternal } from './external-definitions.ts'
import { type ExternalInstance, externalChanged, externalState } from './external-state.ts'

type Entry = Record<string, unknown>

const base = '/open-apis/approval/v4/external_instances'
const limit = { perMinute: 1000, perSecond: 50 }
const mostTasks = 300
const mostCopies = 200
const shortestKey = 7

export function registerExternalInstances(kernel: Kernel): void {
  kernel.api({ method: 'POST', path: base, limit, handle: (call) => sync(kernel, call) })
  kernel.api({ method: 'POST', path: `${base}/check`, limit, handle: (call) => check(kernel, call) })
}

/** REPLACE puts the whole instance in place; UPDATE touches only what comes with a larger update_time. */
function sync(kernel: Kernel, { body }: ApiCall): unknown {
  requireExternal(kernel, body.approval_code)
  const tasks = listOf(body.task_list, 'task_list', mostTasks)
  const copies = listOf(body.cc_list, 'cc_list', mostCopies)
  requireLinks(body.links)
  requireTexts(body, tasks)
  for (const one of [...tasks, ...copies]) {
    requireLinks(one.links)
    requirePerson(kernel, one)
  }
  if (body.user_name === undefined) requirePerson(kernel, body)
  const { instances } = externalState(kernel)
  const known = instances.find((one) => one.instance_id === body.instance_id)
  const fresh: ExternalInstance = {
    instance_id: String(body.instance_id),
    approval_code: String(body.approval_code),
    update_time: String(body.update_time),
    given: body,
    tasks,
    copies,
  }
  if (!known) instances.push(fresh)
  else if (body.update_mode === 'UPDATE') update(known, fresh)
  else if (isNewer(fresh, known)) Object.assign(known, fresh)
  externalChanged(kernel)
  return { data: (known ?? fresh).given }
}

function update(known: ExternalInstance, fresh: ExternalInstance): void {
  if (isNewer(fresh, known)) Object.assign(known, { given: fresh.given, update_time: fresh.update_time })
  merge(known.tasks, fresh.tasks, 'task_id')
  merge(known.copies, fresh.copies, 'cc_id')
}

function merge(known: Entry[], fresh: readonly Entry[], key: string): void {
  for (const entry of fresh) {
    const at = known.findIndex((one) => one[key] === entry[key])
    if (at < 0) known.push(entry)
    else if (isNewer(entry, known[at] ?? {})) known[at] = entry
  }
}

function isNewer(fresh: { update_time?: unknown }, known: { update_time?: unknown }): boolean {
  return Number(fresh.update_time ?? 0) > Number(known.update_time ?? 0)
}

function listOf(value: unknown, name: string, most: number): Entry[] {
  const list = (value ?? []) as Entry[]
  if (list.length > most) throw approvalFailure(1390001, `${name}: at most ${most}`)
  return list
}

function requireLinks(value: unknown): void {
  const links = (value ?? {}) as Entry
  if (!links.pc_link && !links.mobile_link) throw approvalFailure(1390001, 'links: pc_link or mobile_link')
}

function requireTexts(body: Entry, tasks: readonly Entry[]): void {
  const texts = readI18n(body.i18n_resources, shortestKey)
  const form = (body.form ?? []) as Entry[]
  const keys = [body.title, body.user_name, ...form.flatMap((one) => [one.name, one.value])]
  for (const key of [...keys, ...tasks.map((task) => task.title)]) if (key !== undefined) texts.of(key)
}

function requirePerson(kernel: Kernel, { user_id, open_id }: Entry): void {
  const found =
    user_id !== undefined
      ? findPerson(kernel, String(user_id), 'user_id')
      : findPerson(kernel, String(open_id ?? ''), 'open_id')
  if (!found) throw approvalFailure(1390004)
}

/** Which of the named instances and tasks differ in update_time from what is kept here. */
function check(kernel: Kernel, { body }: ApiCall): unknown {
  const asked = (body.instances ?? []) as { instance_id: string; update_time: string; tasks: Entry[] }[]
  const known = new Map(externalState(kernel).instances.map((one) => [one.instance_id, one]))
  return {
    diff_instances: asked.flatMap((one) => {
      const found = known.get(one.instance_id)
      const tasks = one.tasks.filter(
        (task) =>
          found?.tasks.find((other) => other.task_id === task.task_id)?.update_time !== task.update_time,
      )
      const same = found?.update_time === one.update_time && tasks.length === 0
      return same ? [] : [{ instance_id: one.instance_id, update_time: one.update_time, tasks }]
    }),
  }
}
