import { expect } from 'vitest'
import type { ConformanceCase } from '../../case.ts'
import { api, asUser, ok, person, refuses, userToken, works } from '../platform-world.ts'
import { create, due, foreign, list, one, patch, task, tasks } from './task-world.ts'

export const taskCalls: readonly ConformanceCase[] = [
  works(
    `POST ${tasks}`,
    'a task with assignee, due time, reminder and origin',
    (sdk, world) =>
      sdk.task.v2.task.create({
        data: {
          summary: '回访客人',
          due,
          reminders: [{ relative_fire_minute: 30 }],
          members: [{ id: person(world).open_id, type: 'user', role: 'assignee' }],
          origin: {
            platform_i18n_name: { zh_cn: '汇流' },
            href: { url: 'https://example.com', title: '订单' },
          },
        },
      }),
    ({ task: made }) => expect(made).toMatchObject({ status: 'todo', members: [{ name: '林小夏' }] }),
  ),
  works(`POST ${tasks}`, 'the same client_token makes one task', async (_sdk, world) => {
    const body = { summary: '一次', client_token: 'token-0123456789' }
    const first = await ok(world, 'POST', '/task/v2/tasks', { body })
    const second = await ok(world, 'POST', '/task/v2/tasks', { body })
    expect(second.task.guid).toBe(first.task.guid)
    return { code: 0 }
  }),
  refuses(`POST ${tasks}`, { code: 1470400 }, 'no summary', (world) => create(world, { summary: ' ' })),
  refuses(`POST ${tasks}`, { code: 1470400, kind: 'limit' }, 'more than 3000 characters', (world) =>
    create(world, { summary: '长'.repeat(3001) }),
  ),
  refuses(`POST ${tasks}`, { code: 1470400 }, 'a reminder without a due time', (world) =>
    create(world, { summary: '提醒', reminders: [{ relative_fire_minute: 5 }] }),
  ),
  refuses(`POST ${tasks}`, { code: 1470404, status: 404 }, 'a list that does not exist', (world) =>
    create(world, { summary: '清单', tasklists: [{ tasklist_guid: 'none' }] }),
  ),
  refuses(`POST ${tasks}`, { code: 1470400, kind: 'limit' }, 'more than 50 members', (world) =>
    create(world, {
      summary: '人多',
      members: Array.from({ length: 51 }, () => ({ id: person(world).open_id, role: 'follower' })),
    }),
  ),
  works(
    `GET ${tasks}`,
    'the tasks a person is responsible for',
    (sdk, world) => sdk.task.v2.task.list({ params: { completed: false } }, asUser(userToken(world))),
    ({ items }) =>
      expect(items.map(({ summary }: { summary: string }) => summary)).toContain('核对昨晚直播的退款名单'),
  ),
  refuses(`GET ${tasks}`, { code: 1470400, kind: 'limit' }, 'a page of more than 100', (world) =>
    api(world, 'GET', '/task/v2/tasks?page_size=101', { token: userToken(world) }),
  ),
  works(`GET ${one}`, 'one task', async (sdk, world) =>
    sdk.task.v2.task.get({ path: { task_guid: await task(world) } }),
  ),
  refuses(`GET ${one}`, { code: 1470404, status: 404 }, 'a task that does not exist', (world) =>
    api(world, 'GET', '/task/v2/tasks/none'),
  ),
  refuses(`GET ${one}`, { code: 1470403, status: 403 }, 'somebody else’s task', async (world) =>
    api(world, 'GET', `/task/v2/tasks/${await foreign(world)}`),
  ),
  works(
    `PATCH ${one}`,
    'complete it',
    async (sdk, world) =>
      sdk.task.v2.task.patch({
        path: { task_guid: await task(world) },
        data: { task: { completed_at: '1800000000000' }, update_fields: ['completed_at'] },
      }),
    ({ task: changed }) => expect(changed.status).toBe('done'),
  ),
  works(`PATCH ${one}`, 'a field that is named without a value is emptied', async (_sdk, world) => {
    const guid = await task(world, { due })
    const { json } = await patch(world, ['due'], {}, guid)
    expect((json.data as { task: object }).task).not.toHaveProperty('due')
    return { code: 0 }
  }),
  refuses(`PATCH ${one}`, { code: 1470400 }, 'a task that is completed already', async (world) => {
    const guid = await task(world, { completed_at: '1800000000000' })
    return patch(world, ['completed_at'], { completed_at: '1800000000001' }, guid)
  }),
  refuses(`PATCH ${one}`, { code: 1470400 }, 'members are not changed here', (world) =>
    patch(world, ['members'], {}),
  ),
  refuses(`PATCH ${one}`, { code: 1470400 }, 'an empty summary', (world) =>
    patch(world, ['summary'], { summary: '' }),
  ),
  works(`DELETE ${one}`, 'it is gone, with its subtasks', async (sdk, world) =>
    sdk.task.v2.task.delete({ path: { task_guid: await task(world) } }),
  ),
  works(`POST ${one}/subtasks`, 'a task below a task', async (sdk, world) =>
    sdk.task.v2.taskSubtask.create({ path: { task_guid: await task(world) }, data: { summary: '子任务' } }),
  ),
  refuses(
    `POST ${one}/subtasks`,
    { code: 1470404, status: 404 },
    'below a task that does not exist',
    (world) => api(world, 'POST', '/task/v2/tasks/none/subtasks', { body: { summary: 'x' } }),
  ),
  works(
    `GET ${one}/subtasks`,
    'what is below a task',
    async (sdk, world) => {
      const guid = await task(world)
      await ok(world, 'POST', `/task/v2/tasks/${guid}/subtasks`, { body: { summary: '子任务' } })
      return sdk.task.v2.taskSubtask.list({ path: { task_guid: guid } })
    },
    ({ items }) => expect(items).toHaveLength(1),
  ),
  works(`POST ${one}/add_members`, 'an assignee more', async (sdk, world) =>
    sdk.task.v2.task.addMembers({
      path: { task_guid: await task(world) },
      data: { members: [{ id: person(world).open_id, type: 'user', role: 'assignee' }] },
    }),
  ),
  refuses(`POST ${one}/add_members`, { code: 1470400 }, 'a role that does not exist', async (world) =>
    api(world, 'POST', `/task/v2/tasks/${await task(world)}/add_members`, {
      body: { members: [{ id: person(world).open_id, role: 'king' }] },
    }),
  ),
  works(
    `POST ${one}/remove_members`,
    'an assignee less',
    async (sdk, world) => {
      const members = [{ id: person(world).open_id, type: 'user', role: 'assignee' }]
      return sdk.task.v2.task.removeMembers({
        path: { task_guid: await task(world, { members }) },
        data: { members },
      })
    },
    ({ task: changed }) => expect(changed.members).toEqual([]),
  ),
  works(`POST ${one}/add_reminders`, 'a reminder', async (sdk, world) =>
    sdk.task.v2.task.addReminders({
      path: { task_guid: await task(world, { due }) },
      data: { reminders: [{ relative_fire_minute: 0 }] },
    }),
  ),
  refuses(
    `POST ${one}/add_reminders`,
    { code: 1470613, kind: 'limit' },
    'a task has one reminder',
    async (world) => {
      const guid = await task(world, { due, reminders: [{ relative_fire_minute: 5 }] })
      return api(world, 'POST', `/task/v2/tasks/${guid}/add_reminders`, {
        body: { reminders: [{ relative_fire_minute: 10 }] },
      })
    },
  ),
  works(`POST ${one}/remove_reminders`, 'no reminder', async (sdk, world) => {
    const body = { summary: '提醒', due, reminders: [{ relative_fire_minute: 5 }] }
    const { task: made } = await ok(world, 'POST', '/task/v2/tasks', { body })
    return sdk.task.v2.task.removeReminders({
      path: { task_guid: made.guid },
      data: { reminder_ids: [made.reminders[0].id] },
    })
  }),
  refuses(`POST ${one}/remove_reminders`, { code: 1470400 }, 'a reminder that is not there', async (world) =>
    api(world, 'POST', `/task/v2/tasks/${await task(world)}/remove_reminders`, {
      body: { reminder_ids: ['1'] },
    }),
  ),
  works(`POST ${one}/add_tasklist`, 'into the default section of a list', async (sdk, world) =>
    sdk.task.v2.task.addTasklist({
      path: { task_guid: await task(world) },
      data: { tasklist_guid: await list(world) },
    }),
  ),
  refuses(
    `POST ${one}/add_tasklist`,
    { code: 1470404, status: 404 },
    'a list that does not exist',
    async (world) =>
      api(world, 'POST', `/task/v2/tasks/${await task(world)}/add_tasklist`, {
        body: { tasklist_guid: 'none' },
      }),
  ),
  works(`POST ${one}/remove_tasklist`, 'out of a list', async (sdk, world) => {
    const tasklist_guid = await list(world)
    return sdk.task.v2.task.removeTasklist({
      path: { task_guid: await task(world, { tasklists: [{ tasklist_guid }] }) },
      data: { tasklist_guid },
    })
  }),
  works(
    `GET ${one}/tasklists`,
    'where a task stands',
    async (sdk, world) => {
      const tasklist_guid = await list(world)
      return sdk.task.v2.task.tasklists({
        path: { task_guid: await task(world, { tasklists: [{ tasklist_guid }] }) },
      })
    },
    ({ tasklists }) => expect(tasklists).toHaveLength(1),
  ),
]
