import { describe, expect, it } from 'vitest'
import { registerTask } from '../../sandbox/feishu/task/index.ts'
import { type Core, type Loose, startCore, startReceiver } from './kernel-sandbox.ts'

async function startTasks(): Promise<{ core: Core; told: (count: number) => Promise<Loose[]> }> {
  const core = await startCore({ also: registerTask })
  const receiver = await startReceiver(core.kernel.identity().encryptKey)
  await core.control('settings', { eventUrl: receiver.url })
  return {
    core,
    told: async (count) =>
      (await receiver.arrived(count)).map(({ json }) => ({ type: json.header.event_type, ...json.event })),
  }
}

const web = (core: Core, path: string, person: string, body: unknown) =>
  fetch(`${core.url}/_web/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-person': person },
    body: JSON.stringify(body),
  })

describe('tasks', () => {
  it('tell the app when a person ticks off a task it made, opens it again, and comments', async () => {
    const { core, told } = await startTasks()
    const members = [{ id: core.lin.open_id, role: 'assignee' }]
    const { data } = await core.call('POST', '/task/v2/tasks', { summary: '回访', members })
    const { guid } = data.task
    await web(core, `tasks/${guid}/completion`, core.lin.open_id, { done: true })
    await web(core, `tasks/${guid}/completion`, core.lin.open_id, { done: false })
    await web(core, `tasks/${guid}/comments`, core.lin.open_id, { content: '改期了' })
    const events = await told(3)
    expect(
      events.map(({ type, obj_type, task_id }) => [type, obj_type, task_id === guid]).toSorted(),
    ).toEqual([
      ['task.task.comment.updated_v1', 1, true],
      ['task.task.updated_v1', 5, true],
      ['task.task.updated_v1', 6, true],
    ])
  })

  it('of everybody are done with the last assignee, not with the first', async () => {
    const core = await startCore({ also: registerTask })
    const members = [core.lin, core.wang].map(({ open_id }) => ({ id: open_id, role: 'assignee' }))
    const { data } = await core.call('POST', '/task/v2/tasks', { summary: '会签', members, mode: 1 })
    const status = async () =>
      (await core.call('GET', `/task/v2/tasks/${data.task.guid}`)).data.task.status as string
    await web(core, `tasks/${data.task.guid}/completion`, core.lin.open_id, { done: true })
    expect(await status()).toBe('todo')
    await web(core, `tasks/${data.task.guid}/completion`, core.wang.open_id, { done: true })
    expect(await status()).toBe('done')
  })

  it('are kept from people who have nothing to do with them', async () => {
    const core = await startCore({ also: registerTask })
    const { data } = await core.call('POST', '/task/v2/tasks', { summary: '应用自己的' })
    const answer = await web(core, `tasks/${data.task.guid}/completion`, core.wang.open_id, { done: true })
    expect(answer.status).toBe(403)
  })
})
