import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { apply, call, data, happy, instanceOf, personOf, refusal, v4 } from './approval-world.ts'

const base = `${v4}/instances/:instance_id/comments`

async function as(world: ConformanceWorld, name = '林小夏') {
  return { user_id_type: 'open_id', user_id: (await personOf(world, name)).open_id } as const
}

async function written(world: ConformanceWorld): Promise<{ code: string; id: string }> {
  const code = await apply(world)
  const { comment_id } = await data<{ comment_id: string }>(world, 'POST', `/instances/${code}/comments`, {
    query: await as(world),
    body: { content: '{"text":"买家已确认"}' },
  })
  return { code, id: comment_id }
}

export const commentCases: readonly ConformanceCase[] = [
  happy(`POST ${base}`, 'writes, answers, mentions and edits', async (world) => {
    const { code, id } = await written(world)
    const { open_id } = await personOf(world, '王岚')
    const answer = await world.sdk.approval.instanceComment.create({
      path: { instance_id: code },
      params: await as(world),
      data: {
        content: '{"text":"@王岚 请看"}',
        parent_comment_id: id,
        at_info_list: [{ user_id: open_id, name: '王岚', offset: '0' }],
      },
    })
    expect(answer.code).toBe(0)
    await data(world, 'POST', `/instances/${code}/comments`, {
      query: await as(world),
      body: { content: '{"text":"买家已电话确认"}', comment_id: id },
    })
    expect((await instanceOf(world, code)).comment_list[0]).toMatchObject({ comment: '买家已电话确认' })
  }),
  refusal(`POST ${base}`, 1390001, {
    title: 'content that is no JSON',
    async send(world) {
      const code = await apply(world)
      return call(world, 'POST', `/instances/${code}/comments`, {
        query: await as(world),
        body: { content: 'no' },
      })
    },
  }),
  refusal(`POST ${base}`, 1390001, {
    title: 'a comment nobody wrote',
    async send(world) {
      const code = await apply(world)
      return call(world, 'POST', `/instances/${code}/comments`, {
        query: await as(world),
        body: { content: '{"text":"x"}', comment_id: '1' },
      })
    },
  }),
  happy(`GET ${base}`, 'lists comments with their replies and mentions', async (world) => {
    const { code, id } = await written(world)
    const { open_id } = await personOf(world, '王岚')
    await data(world, 'POST', `/instances/${code}/comments`, {
      query: await as(world),
      body: {
        content: '{"text":"@王岚"}',
        parent_comment_id: id,
        at_info_list: [{ user_id: open_id, name: '王岚', offset: '0' }],
      },
    })
    const answer = await world.sdk.approval.instanceComment.list({
      path: { instance_id: code },
      params: await as(world),
    })
    expect(answer.data).toMatchObject({
      comments: [{ id, is_delete: 0, replies: [{ at_info_list: [{ user_id: open_id, name: '王岚' }] }] }],
    })
  }),
  refusal(`GET ${base}`, 1390003, {
    title: 'an unknown instance',
    send: async (world) => call(world, 'GET', '/instances/NO/comments', { query: await as(world) }),
  }),
  happy(`DELETE ${base}/:comment_id`, 'marks a comment as deleted', async (world) => {
    const { code, id } = await written(world)
    const answer = await world.sdk.approval.instanceComment.delete({
      path: { instance_id: code, comment_id: id },
      params: await as(world),
    })
    expect(answer).toMatchObject({ code: 0, data: { comment_id: id } })
  }),
  refusal(`DELETE ${base}/:comment_id`, 1390001, {
    title: 'a comment nobody wrote',
    async send(world) {
      const code = await apply(world)
      return call(world, 'DELETE', `/instances/${code}/comments/1`, { query: await as(world) })
    },
  }),
  happy(`POST ${base}/remove`, 'removes all of them', async (world) => {
    const { code } = await written(world)
    const answer = await world.sdk.approval.instanceComment.remove({
      path: { instance_id: code },
      params: await as(world),
    })
    expect(answer).toMatchObject({ code: 0, data: { instance_id: code } })
    expect((await instanceOf(world, code)).comment_list).toEqual([])
  }),
  refusal(`POST ${base}/remove`, 1390003, {
    title: 'an unknown instance',
    send: async (world) => call(world, 'POST', '/instances/NO/comments/remove', { query: await as(world) }),
  }),
]
