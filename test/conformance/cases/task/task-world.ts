/** What the task cases share: addresses, and tasks, lists, sections and comments on demand. */
import type { ConformanceWorld } from '../../case.ts'
import { api, ok, userToken } from '../platform-world.ts'

export const tasks = '/open-apis/task/v2/tasks'
export const one = `${tasks}/:task_guid`
export const lists = '/open-apis/task/v2/tasklists'
export const sections = '/open-apis/task/v2/sections'
export const comments = '/open-apis/task/v2/comments'

export const due = { timestamp: '1900000000000' }

export async function task(world: ConformanceWorld, more: Record<string, unknown> = {}): Promise<string> {
  const body = { summary: '回访客人', ...more }
  return (await ok(world, 'POST', '/task/v2/tasks', { body })).task.guid
}

export async function list(world: ConformanceWorld): Promise<string> {
  return (await ok(world, 'POST', '/task/v2/tasklists', { body: { name: '周计划' } })).tasklist.guid
}

export async function section(world: ConformanceWorld, guid?: string): Promise<string> {
  const resource_id = guid ?? (await list(world))
  const body = { name: '待确认', resource_type: 'tasklist', resource_id }
  return (await ok(world, 'POST', '/task/v2/sections', { body })).section.guid
}

export async function comment(world: ConformanceWorld): Promise<string> {
  const body = { content: '已联系', resource_type: 'task', resource_id: await task(world) }
  return (await ok(world, 'POST', '/task/v2/comments', { body })).comment.id
}

export const create = (world: ConformanceWorld, body: Record<string, unknown>) =>
  api(world, 'POST', '/task/v2/tasks', { body })

export const patch = async (
  world: ConformanceWorld,
  fields: string[],
  value: Record<string, unknown>,
  guid?: string,
) =>
  api(world, 'PATCH', `/task/v2/tasks/${guid ?? (await task(world))}`, {
    body: { task: value, update_fields: fields },
  })

/** A task a person made, which the app has nothing to do with. */
export async function foreign(world: ConformanceWorld): Promise<string> {
  const answer = await ok(world, 'POST', '/task/v2/tasks', {
    body: { summary: '私事' },
    token: userToken(world),
  })
  return answer.task.guid
}
