import { expect } from 'vitest'
import type { ConformanceCase } from '../../case.ts'
import { apply, call, data, happy, own, personOf, refundCode, refusal, v4 } from './approval-world.ts'

const instances = `POST ${v4}/instances/query`
const tasks = `POST ${v4}/tasks/search`
const copies = `POST ${v4}/instances/search_cc`
const mine = `GET ${v4}/tasks/query`
const openId = { user_id_type: 'open_id' } as const
const lag = 2_000
const day = 86_400_000

const unfiltered = [instances, tasks, copies].map((endpoint) =>
  refusal(endpoint, 1390001, {
    title: 'no filter at all',
    send: (world) => call(world, 'POST', endpoint.slice(`POST ${v4}`.length), { body: {} }),
  }),
)

const tooLong = (
  [
    [instances, 'instance_start_time'],
    [tasks, 'task_start_time'],
    [copies, 'cc_create_time'],
  ] as const
).map(([endpoint, name]) =>
  refusal(endpoint, 1390001, {
    title: 'a window of more than 30 days',
    async send(world) {
      const now = world.sandbox.kernel.clock.now()
      const body = {
        approval_code: await refundCode(world),
        [`${name}_from`]: String(now - 31 * day),
        [`${name}_to`]: String(now),
      }
      return call(world, 'POST', endpoint.slice(`POST ${v4}`.length), { body })
    },
  }),
)

export const searchCases: readonly ConformanceCase[] = [
  happy(instances, 'finds instances by filters, a moment late', async (world) => {
    const instance_code = await apply(world)
    const body = { instance_code, instance_status: 'PENDING' as const }
    expect(await data(world, 'POST', '/instances/query', { body })).toMatchObject({ count: 0 })
    await world.advance(lag)
    const answer = await world.sdk.approval.instance.query({ params: { page_size: 10 }, data: body })
    expect(answer.data).toMatchObject({
      count: 1,
      instance_list: [
        {
          approval: { is_external: false },
          instance: { code: instance_code, status: 'pending', end_time: '0' },
        },
      ],
    })
  }),
  happy(tasks, 'finds tasks by person and status', async (world) => {
    const instance_code = await apply(world)
    await data(world, 'POST', '/tasks/approve', { body: await own(world, instance_code, '王岚') })
    await world.advance(lag)
    const answer = await world.sdk.approval.task.search({
      params: { user_id_type: 'open_id' },
      data: { user_id: (await personOf(world, '王岚')).open_id, instance_code, task_status: 'APPROVED' },
    })
    expect(answer.data).toMatchObject({ count: 1, task_list: [{ task: { status: 'approved' } }] })
  }),
  happy(copies, 'finds copies, unread until they are opened', async (world) => {
    const instance_code = await apply(world)
    const [from, to] = [await personOf(world, '林小夏'), await personOf(world, '赵敏')]
    await data(world, 'POST', '/instances/cc', {
      query: openId,
      body: {
        approval_code: await refundCode(world),
        instance_code,
        user_id: from.open_id,
        cc_user_ids: [to.open_id],
      },
    })
    await world.advance(lag)
    const answer = await world.sdk.approval.instance.searchCc({ data: { instance_code } })
    expect(answer.data).toMatchObject({
      count: 1,
      cc_list: [{ cc: { user_id: to.user_id, read_status: 'unread' } }],
    })
  }),
  ...unfiltered,
  ...tooLong,
  happy(mine, 'lists what a person has to do, has done, started and got copies of', async (world) => {
    const instance_code = await apply(world)
    const { open_id } = await personOf(world, '王岚')
    const list = async (topic: string, user_id = open_id) =>
      (
        await data<{ tasks: { process_code: string }[] }>(world, 'GET', '/tasks/query', {
          query: { ...openId, user_id, topic },
        })
      ).tasks.some((task) => task.process_code === instance_code)
    expect([await list('1'), await list('2'), await list('17')]).toEqual([true, false, false])
    expect(await list('3', (await personOf(world, '林小夏')).open_id)).toBe(true)
    await data(world, 'POST', '/tasks/approve', { body: await own(world, instance_code, '王岚') })
    expect([await list('1'), await list('2')]).toEqual([false, true])
  }),
  refusal(mine, 1390004, {
    title: 'somebody nobody knows',
    send: (world) =>
      call(world, 'GET', '/tasks/query', { query: { ...openId, user_id: 'ou_no', topic: '1' } }),
  }),
  refusal(mine, 99992402, {
    title: 'a topic that does not exist',
    async send(world) {
      const { open_id } = await personOf(world, '王岚')
      return call(world, 'GET', '/tasks/query', { query: { ...openId, user_id: open_id, topic: '99' } })
    },
  }),
]
