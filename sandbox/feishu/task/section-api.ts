import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { requireList, requireSection } from './rights.ts'
import { badTask, callerOf, newGuid, type Section, taskChanged, taskState } from './task-state.ts'
import { listTasks } from './tasklist-api.ts'
import { taskPage, wireOf, wireSection } from './wire.ts'

const root = '/open-apis/task/v2/sections'
const limit = { perMinute: 1000, perSecond: 50 }
const longestName = 100

/** task/v2/sections: the groups inside a list. */
export function registerSectionApi(kernel: Kernel): void {
  const one = (call: ApiCall, right: 'read' | 'edit') =>
    requireSection(kernel, call.params.section_guid, { who: callerOf(kernel, call), right })
  const answer = (call: ApiCall, section: Section) => ({
    section: wireSection(wireOf(kernel, call), section),
  })
  const route = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    handle: (call: ApiCall) => unknown,
  ) => kernel.api({ method, path: `${root}${path}`, limit, auth: 'any', handle })

  route('POST', '', (call) => answer(call, addSection(kernel, call)))
  route('GET', '', (call) => {
    const all = sectionsAt(kernel, call)
    return taskPage(
      all.map(({ guid, name, is_default }) => ({ guid, name, is_default })),
      call,
    )
  })
  route('GET', '/:section_guid', (call) => answer(call, one(call, 'read')))
  route('PATCH', '/:section_guid', (call) => {
    const section = one(call, 'edit')
    const fields = call.body.update_fields as string[]
    const value = call.body.section as Record<string, unknown>
    const unknown = fields.find((name) => !['name', 'insert_before', 'insert_after'].includes(name))
    if (unknown !== undefined) throw badTask(`update_fields: ${unknown} cannot be updated`)
    if (fields.includes('name')) section.name = readName(value.name)
    move(kernel, section, value)
    section.updated_at = kernel.clock.now()
    taskChanged(kernel)
    return answer(call, section)
  })
  route('DELETE', '/:section_guid', (call) => {
    const section = one(call, 'edit')
    if (section.is_default) throw badTask('the default section cannot be deleted')
    removeSection(kernel, section)
    return {}
  })
  route('GET', '/:section_guid/tasks', (call) => {
    const section = one(call, 'read')
    return listTasks(kernel, call, (place) => place.section_guid === section.guid)
  })
}

function readName(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > longestName)
    throw badTask(`name must have 1 to ${longestName} characters`)
  return value
}

function addSection(kernel: Kernel, call: ApiCall): Section {
  const { name, resource_type, resource_id, insert_before, insert_after } = call.body
  if (insert_before && insert_after) throw badTask('insert_before and insert_after exclude each other')
  if (resource_type !== 'tasklist' && resource_type !== 'my_tasks')
    throw badTask('resource_type must be tasklist or my_tasks')
  const who = callerOf(kernel, call)
  const list =
    resource_type === 'tasklist' ? requireList(kernel, resource_id, { who, right: 'edit' }) : undefined
  const now = kernel.clock.now()
  const section: Section = {
    guid: newGuid(kernel),
    name: readName(name),
    resource_type,
    ...(list && { tasklist: list.guid }),
    is_default: false,
    creator: who,
    created_at: now,
    updated_at: now,
  }
  taskState(kernel).sections.push(section)
  move(kernel, section, call.body)
  taskChanged(kernel)
  return section
}

function move(kernel: Kernel, section: Section, to: Record<string, unknown>): void {
  const beside = to.insert_before || to.insert_after
  if (!beside) return
  const state = taskState(kernel)
  const others = state.sections.filter((one) => one !== section)
  const at = others.findIndex((one) => one.guid === beside && one.tasklist === section.tasklist)
  if (at < 0) throw badTask('the section to insert beside does not exist')
  others.splice(to.insert_before ? at : at + 1, 0, section)
  state.sections = others
}

function sectionsAt(kernel: Kernel, call: ApiCall): Section[] {
  const who = callerOf(kernel, call)
  const { sections } = taskState(kernel)
  if (call.query.resource_type === 'my_tasks')
    return sections.filter((one) => one.resource_type === 'my_tasks' && one.creator.id === who.id)
  const list = requireList(kernel, call.query.resource_id, { who, right: 'read' })
  return sections.filter((one) => one.tasklist === list.guid)
}

/** Its tasks go to the default section of the list. */
function removeSection(kernel: Kernel, section: Section): void {
  const state = taskState(kernel)
  const home = state.sections.find((one) => one.tasklist === section.tasklist && one.is_default)?.guid ?? ''
  for (const task of Object.values(state.tasks))
    task.tasklists = task.tasklists.map((place) =>
      place.section_guid === section.guid ? { ...place, section_guid: home } : place,
    )
  state.sections = state.sections.filter((one) => one !== section)
  taskChanged(kernel)
}
