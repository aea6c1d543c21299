import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { requireTask } from './rights.ts'
import { tellTask } from './task-events.ts'
import { badTask, callerOf, type Member, type Task, taskChanged } from './task-state.ts'
import { readMembers, wireOf, wireTask } from './wire.ts'
import { checkCounts, memberRoles, placeIn, readReminders } from './write-task.ts'

const root = '/open-apis/task/v2/tasks/:task_guid'
const tier3 = { perMinute: 100 }
const tier4 = { perMinute: 1000, perSecond: 50 }

/** task/v2/tasks/:guid: members, reminders, lists. */
export function registerTaskMemberApi(kernel: Kernel): void {
  const act = (
    name: string,
    limit: typeof tier3 | typeof tier4,
    change: (task: Task, call: ApiCall) => void,
  ) =>
    kernel.api({
      method: 'POST',
      path: `${root}/${name}`,
      limit,
      auth: 'any',
      handle: (call) => {
        const task = requireTask(kernel, call.params.task_guid, {
          who: callerOf(kernel, call),
          right: 'edit',
        })
        change(task, call)
        task.updated_at = kernel.clock.now()
        taskChanged(kernel)
        return { task: wireTask(wireOf(kernel, call), task) }
      },
    })
  act('add_members', tier3, (task, call) => addMembers(kernel, task, call))
  act('remove_members', tier3, (task, call) => {
    const gone = readMembers(wireOf(kernel, call), call.body.members, memberRoles)
    task.members = task.members.filter((one) => !gone.some((other) => isSame(one, other)))
    tellTask(kernel, task, 'assignees')
  })
  act('add_reminders', tier3, (task, call) => {
    if (task.reminders.length > 0) throw new ApiFailure(1470613, 'the task has a reminder already')
    task.reminders = readReminders(kernel, call.body.reminders, task.due)
    tellTask(kernel, task, 'reminder')
  })
  act('remove_reminders', tier3, (task, call) => {
    const ids = call.body.reminder_ids as string[]
    if (!ids.every((id) => task.reminders.some((one) => one.id === id))) throw badTask('unknown reminder_id')
    task.reminders = task.reminders.filter((one) => !ids.includes(one.id))
    tellTask(kernel, task, 'reminder')
  })
  act('add_tasklist', tier4, (task, call) => {
    const { tasklist_guid, section_guid } = call.body
    const place = placeIn(kernel, {
      list: tasklist_guid,
      section: section_guid,
      who: callerOf(kernel, call),
    })
    task.tasklists = [...task.tasklists.filter((one) => one.tasklist_guid !== place.tasklist_guid), place]
  })
  act('remove_tasklist', tier4, (task, call) => {
    task.tasklists = task.tasklists.filter((one) => one.tasklist_guid !== call.body.tasklist_guid)
  })
  kernel.api({
    method: 'GET',
    path: `${root}/tasklists`,
    limit: tier4,
    auth: 'any',
    handle: (call) => ({
      tasklists: requireTask(kernel, call.params.task_guid, { who: callerOf(kernel, call), right: 'read' })
        .tasklists,
    }),
  })
}

function addMembers(kernel: Kernel, task: Task, call: ApiCall): void {
  const added = readMembers(wireOf(kernel, call), call.body.members, memberRoles)
  if (added.length === 0) throw badTask('members is empty')
  const members = [
    ...task.members,
    ...added.filter((one) => !task.members.some((other) => isSame(one, other))),
  ]
  checkCounts(members)
  task.members = members
  const roles = new Set(added.map(({ role }) => role))
  if (roles.has('assignee')) tellTask(kernel, task, 'assignees')
  if (roles.has('follower')) tellTask(kernel, task, 'followers')
}

function isSame(one: Member, other: Member): boolean {
  return one.id === other.id && one.role === other.role
}
