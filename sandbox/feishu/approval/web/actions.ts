/** What people do with an instance in the client. Every press is checked again against what the person may do now. */
import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { listUsers } from '../../contact/people.ts'
import { type AddSignType, addSign } from '../add-sign.ts'
import { sendCopies } from '../copies.ts'
import { definitionOf } from '../definition-store.ts'
import {
  approveTask,
  cancelInstance,
  rejectTask,
  resubmitTask,
  revertInstance,
  transferTask,
} from '../flow.ts'
import { readForm } from '../form.ts'
import { rollBack } from '../rollback.ts'
import type { Instance, Task } from '../state.ts'
import { writeComment } from './comment-actions.ts'
import { mayRevert, mayWithdraw, requireRight, returnedTo, rightsOf, taskOf } from './rights.ts'
import { requireSeen } from './seen.ts'

export interface Act {
  kernel: Kernel
  instance: Instance
  me: string
  body: Record<string, unknown>
}

type Deed = (act: Act) => void

const deeds: Readonly<Record<string, Deed>> = {
  approve: ({ kernel, instance, me, body }) =>
    approveTask(kernel, instance, ownTask(instance, me), text(body.comment)),
  reject: ({ kernel, instance, me, body }) =>
    rejectTask(kernel, instance, ownTask(instance, me), text(body.comment)),
  transfer: ({ kernel, instance, me, body }) => {
    const [openId] = peopleIn(kernel, [body.to])
    if (openId === undefined || openId === me) throw wrong('请选择转交给谁 choose somebody else')
    transferTask(kernel, instance, ownTask(instance, me), { openId, comment: text(body.comment) })
  },
  'add-sign': addPeople,
  rollback: ({ kernel, instance, me, body }) => {
    const allowed = rightsOf(kernel, instance, me).rollback.map((target) => target.key)
    const keys = listOf(body.to).filter((key) => allowed.includes(key))
    if (keys.length === 0) throw wrong('请选择退回到哪一步 choose where to send it back to')
    rollBack(kernel, instance, ownTask(instance, me), { keys, reason: text(body.comment) })
  },
  copy: ({ kernel, instance, me, body }) => {
    const to = peopleIn(kernel, body.to)
    if (to.length === 0) throw wrong('请选择抄送给谁 choose somebody')
    sendCopies(kernel, instance, { by: me, to, comment: text(body.comment) })
  },
  withdraw: ({ kernel, instance, me }) => {
    requireRight(mayWithdraw(kernel, instance, me))
    cancelInstance(kernel, instance)
  },
  revert: ({ kernel, instance, me }) => {
    requireRight(mayRevert(kernel, instance, me))
    revertInstance(kernel, instance)
  },
  resubmit: ({ kernel, instance, me, body }) => {
    const task = returnedTo(instance, me)
    requireRight(task !== undefined && instance.allowResubmit)
    const definition = definitionOf(kernel, instance)
    if (!task || !definition) return
    instance.form = readForm(kernel, definition, JSON.stringify(body.form ?? []))
    resubmitTask(kernel, instance, task, text(body.comment))
  },
  comment: writeComment,
}

/** `POST approval/instances/:code/:deed` */
export function actOnApproval(kernel: Kernel, call: WebCall): object {
  const me = personOf(kernel, call).open_id
  const instance = requireSeen(kernel, call.params.code, me)
  const deed = deeds[call.params.deed ?? '']
  if (!deed) throw new ApiFailure(404, 'no such action', { status: 404 })
  deed({ kernel, instance, me, body: call.body })
  return { status: instance.status }
}

function addPeople({ kernel, instance, me, body }: Act): void {
  const people = peopleIn(kernel, body.to).filter((openId) => openId !== me)
  if (people.length === 0) throw wrong('请选择加签给谁 choose somebody')
  const type = (['before', 'after', 'beside'] as AddSignType[]).find((one) => one === body.type)
  if (!type) throw wrong('请选择加签方式 choose how')
  const method = (['OR', 'AND', 'SEQUENTIAL'] as const).find((one) => one === body.method) ?? 'AND'
  addSign(kernel, instance, ownTask(instance, me), { type, people, method, comment: text(body.comment) })
}

function ownTask(instance: Instance, me: string): Task {
  const task = taskOf(instance, me)
  requireRight(task !== undefined)
  return task as Task
}

/** The employees among the given open ids, each once. */
export function peopleIn(kernel: Kernel, value: unknown): string[] {
  const known = new Set(
    listUsers(kernel)
      .filter((one) => !one.resigned)
      .map((one) => one.open_id),
  )
  return [...new Set(listOf(value))].filter((openId) => known.has(openId))
}

export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

const longestComment = 2000

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestComment) : ''
}

export function wrong(message: string): ApiFailure {
  return new ApiFailure(1390001, message, { status: 400 })
}
