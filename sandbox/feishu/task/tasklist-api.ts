import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { mayUseList, requireList } from './rights.ts'
import {
  badTask,
  callerOf,
  type Member,
  newGuid,
  notAllowed,
  type Tasklist,
  taskChanged,
  taskState,
} from './task-state.ts'
import { readMembers, taskPage, wireList, wireOf, wireSummary } from './wire.ts'

const root = '/open-apis/task/v2/tasklists'
const limit = { perMinute: 1000, perSecond: 50 }
const roles = ['editor', 'viewer'] as const
const longestName = 100
const mostMembers = 500

/** A list with its default section. */
export function addTasklist(
  kernel: Kernel,
  wanted: { name: string; creator: Member; members: Member[] },
): Tasklist {
  const state = taskState(kernel)
  const now = kernel.clock.now()
  const { name, creator } = wanted
  const list: Tasklist = {
    guid: newGuid(kernel),
    name,
    creator,
    owner: { ...creator, role: 'owner' },
    members: wanted.members,
    created_at: now,
    updated_at: now,
  }
  state.lists[list.guid] = list
  state.sections.push({
    guid: newGuid(kernel),
    name: '默认分组',
    resource_type: 'tasklist',
    tasklist: list.guid,
    is_default: true,
    creator,
    created_at: now,
    updated_at: now,
  })
  taskChanged(kernel)
  return list
}

/** task/v2/tasklists. */
export function registerTasklistApi(kernel: Kernel): void {
  const one = (call: ApiCall, right: 'read' | 'edit') =>
    requireList(kernel, call.params.tasklist_guid, { who: callerOf(kernel, call), right })
  const answer = (call: ApiCall, list: Tasklist) => ({ tasklist: wireList(wireOf(kernel, call), list) })
  const route = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    handle: (call: ApiCall) => unknown,
  ) => kernel.api({ method, path: `${root}${path}`, limit, auth: 'any', handle })

  route('POST', '', (call) => {
    const members = readMembers(wireOf(kernel, call), call.body.members, roles)
    return answer(
      call,
      addTasklist(kernel, { name: readName(call.body.name), creator: callerOf(kernel, call), members }),
    )
  })
  route('GET', '', (call) => {
    const who = callerOf(kernel, call)
    const lists = Object.values(taskState(kernel).lists).filter((list) => mayUseList(list, who, 'read'))
    return taskPage(
      lists.map((list) => wireList(wireOf(kernel, call), list)),
      call,
    )
  })
  route('GET', '/:tasklist_guid', (call) => answer(call, one(call, 'read')))
  route('PATCH', '/:tasklist_guid', (call) => {
    const list = one(call, 'edit')
    changeList(kernel, call, list)
    return answer(call, list)
  })
  route('DELETE', '/:tasklist_guid', (call) => {
    const list = one(call, 'edit')
    if (list.owner.id !== callerOf(kernel, call).id) throw notAllowed()
    removeList(kernel, list)
    return {}
  })
  route('GET', '/:tasklist_guid/tasks', (call) => {
    const list = one(call, 'read')
    return listTasks(kernel, call, (place) => place.tasklist_guid === list.guid)
  })
  route('POST', '/:tasklist_guid/add_members', (call) => {
    const list = one(call, 'edit')
    const added = readMembers(wireOf(kernel, call), call.body.members, roles)
    list.members = [
      ...list.members.filter((member) => !added.some((other) => other.id === member.id)),
      ...added,
    ]
    if (list.members.length > mostMembers) throw new ApiFailure(1470612, 'too many members of the tasklist')
    taskChanged(kernel)
    return answer(call, list)
  })
  route('POST', '/:tasklist_guid/remove_members', (call) => {
    const list = one(call, 'edit')
    const gone = readMembers(wireOf(kernel, call), call.body.members, roles)
    list.members = list.members.filter((member) => !gone.some((other) => other.id === member.id))
    taskChanged(kernel)
    return answer(call, list)
  })
}

/** The tasks at a place, in short form, filtered by completion and time of creation. */
export function listTasks(
  kernel: Kernel,
  call: ApiCall,
  isHere: (place: { tasklist_guid: string; section_guid: string }) => boolean,
): unknown {
  const { completed, created_from, created_to } = call.query
  const tasks = Object.values(taskState(kernel).tasks).filter(
    (task) =>
      task.tasklists.some(isHere) &&
      (completed === undefined || (task.completed_at !== '0') === (completed === 'true')) &&
      (created_from === undefined || task.created_at >= Number(created_from)) &&
      (created_to === undefined || task.created_at <= Number(created_to)),
  )
  return taskPage(
    tasks.map((task) => wireSummary(wireOf(kernel, call), task)),
    call,
  )
}

function readName(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') throw badTask('name must not be empty')
  if (value.length > longestName) throw badTask(`name holds at most ${longestName} characters`)
  return value
}

function changeList(kernel: Kernel, call: ApiCall, list: Tasklist): void {
  const fields = call.body.update_fields as string[]
  const value = call.body.tasklist as { name?: unknown; owner?: unknown }
  const unknown = fields.find((name) => name !== 'name' && name !== 'owner')
  if (unknown !== undefined) throw badTask(`update_fields: ${unknown} cannot be updated`)
  if (fields.includes('name')) list.name = readName(value.name)
  if (fields.includes('owner')) {
    if (list.owner.id !== callerOf(kernel, call).id) throw notAllowed()
    const [owner] = readMembers(wireOf(kernel, call), [{ ...(value.owner as object), role: 'editor' }], roles)
    const before = list.owner
    if (owner) list.owner = { ...owner, role: 'owner' }
    const role = call.body.origin_owner_to_role
    if (role === 'editor' || role === 'viewer') list.members.push({ ...before, role })
  }
  list.updated_at = kernel.clock.now()
  taskChanged(kernel)
}

function removeList(kernel: Kernel, list: Tasklist): void {
  const state = taskState(kernel)
  delete state.lists[list.guid]
  state.sections = state.sections.filter((section) => section.tasklist !== list.guid)
  for (const task of Object.values(state.tasks))
    task.tasklists = task.tasklists.filter((place) => place.tasklist_guid !== list.guid)
  taskChanged(kernel)
}
