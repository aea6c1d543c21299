import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { api, day, happy, ok, people, refused } from './im-world.ts'

const batch = '/open-apis/im/v1/batch_messages/:batch_message_id'

function sendBatch(world: ConformanceWorld, body: Record<string, unknown>) {
  return api(world, 'POST', '/message/v4/batch_send/', { body })
}

async function toBoth(world: ConformanceWorld): Promise<string> {
  const { lin, zhou } = people(world)
  const body = { msg_type: 'text', content: { text: '通知' }, open_ids: [lin, zhou] }
  const { json } = await sendBatch(world, body)
  return String(json.data?.message_id)
}

export const batchCases: readonly ConformanceCase[] = [
  happy(
    'POST /open-apis/message/v4/batch_send/',
    'reaches each person and names who does not exist',
    async (world) => {
      const body = { msg_type: 'text', content: { text: '通知' }, open_ids: [people(world).lin, 'ou_nobody'] }
      const { json } = await sendBatch(world, body)
      expect(json).toMatchObject({ code: 0, data: { invalid_open_ids: ['ou_nobody'] } })
      expect(json.data?.message_id).toMatch(/^bm-/)
    },
  ),
  refused('POST /open-apis/message/v4/batch_send/', 230001, 'nobody is reached', (world) =>
    sendBatch(world, { msg_type: 'text', content: { text: '通知' }, open_ids: ['ou_nobody'] }),
  ),
  happy(`GET ${batch}/get_progress`, 'counts sent, read and recalled', async (world) => {
    const progress = await ok(world, 'GET', `/im/v1/batch_messages/${await toBoth(world)}/get_progress`)
    expect(progress.batch_message_send_progress).toMatchObject({ success_user_ids_count: 2 })
  }),
  refused(`GET ${batch}/get_progress`, 230030, 'no such batch', (world) =>
    api(world, 'GET', '/im/v1/batch_messages/bm-nothing/get_progress'),
  ),
  happy(`GET ${batch}/read_user`, 'counts readers', async (world) => {
    expect(await ok(world, 'GET', `/im/v1/batch_messages/${await toBoth(world)}/read_user`)).toEqual({
      read_user: { read_count: '0', total_count: '2' },
    })
  }),
  refused(`GET ${batch}/read_user`, 230030, 'no such batch', (world) =>
    api(world, 'GET', '/im/v1/batch_messages/bm-nothing/read_user'),
  ),
  happy(`DELETE ${batch}`, 'takes every message back', async (world) => {
    const id = await toBoth(world)
    await ok(world, 'DELETE', `/im/v1/batch_messages/${id}`)
    const progress = await ok(world, 'GET', `/im/v1/batch_messages/${id}/get_progress`)
    expect(progress.batch_message_recall_progress).toEqual({ recall: true, recall_count: 2 })
  }),
  refused(
    `DELETE ${batch}`,
    230009,
    'older than a day',
    async (world) => {
      const id = await toBoth(world)
      await world.advance(day + 1_000)
      return api(world, 'DELETE', `/im/v1/batch_messages/${id}`)
    },
    'limit',
  ),
  happy('GET /open-apis/bot/v3/info', 'tells who the bot is', async (world) => {
    const { json } = await api(world, 'GET', '/bot/v3/info')
    expect(json.bot).toMatchObject({ app_name: world.sandbox.kernel.identity().botName, activate_status: 2 })
  }),
]
