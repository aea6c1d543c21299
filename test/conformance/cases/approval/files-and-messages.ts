import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { happy, newUuid, personOf, refusal } from './approval-world.ts'

const upload = 'POST /approval/openapi/v2/file/upload'
const send = 'POST /open-apis/approval/v1/message/send'
const update = 'POST /open-apis/approval/v1/message/update'
const uploadPath = '/approval/openapi/v2/file/upload'
const sendPath = '/open-apis/approval/v1/message/send'
const updatePath = '/open-apis/approval/v1/message/update'

function formOf(fields: Record<string, string>, content: Buffer): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('content', new Blob([new Uint8Array(content)]), 'file')
  return form
}

const i18n_resources = [
  { locale: 'zh-CN', is_default: true, texts: { '@i18n@1': '用章申请', '@i18n@2': '合同 3 份' } },
]

async function message(world: ConformanceWorld, more: Record<string, unknown> = {}) {
  const { user_id } = await personOf(world, '王岚')
  const url = 'https://oa.example.com/1'
  return {
    template_id: '1008',
    user_id,
    approval_name: '@i18n@1',
    title_user_id: user_id,
    content: { summaries: [{ summary: '@i18n@2' }] },
    actions: [{ action_name: 'DETAIL', url, android_url: url, ios_url: url, pc_url: url }],
    i18n_resources,
    ...more,
  }
}

export const fileAndMessageCases: readonly ConformanceCase[] = [
  happy(upload, 'hands in a file; its link works for 12 hours', async (world) => {
    const content = Buffer.from('合同')
    const answer = await world.call('POST', uploadPath, {
      body: formOf({ name: '合同.pdf', type: 'attachment' }, content),
    })
    expect(answer).toMatchObject({ status: 200, json: { code: 0 } })
    const { url } = answer.json.data as { url: string }
    const opened = await fetch(url)
    expect(Buffer.from(await opened.arrayBuffer())).toEqual(content)
    expect(opened.headers.get('content-disposition')).toContain('attachment')
    await world.advance(12 * 3_600_000 + 1)
    expect((await fetch(url)).status).toBe(403)
  }),
  refusal(upload, 1390001, {
    title: 'neither an image nor an attachment',
    send: (world) =>
      world.call('POST', uploadPath, { body: formOf({ name: 'a.txt', type: 'text' }, Buffer.from('a')) }),
  }),
  refusal(upload, 1390001, {
    title: 'no file at all',
    send: (world) => world.call('POST', uploadPath, { body: {} }),
  }),
  {
    endpoint: upload,
    kind: 'limit',
    title: 'an image of more than 10 MB: 1390001',
    async run(world) {
      const answer = await world.call('POST', uploadPath, {
        body: formOf({ name: 'a.png', type: 'image' }, Buffer.alloc(10 * 1024 * 1024 + 1)),
      })
      expect(answer).toMatchObject({ status: 400, json: { code: 1390001 } })
    },
  },
  happy(send, 'tells somebody once per uuid and hour', async (world) => {
    const body = await message(world, { uuid: newUuid() })
    const first = await world.call('POST', sendPath, { body })
    const second = await world.call('POST', sendPath, { body })
    expect(first.json.data).toMatchObject({ message_id: expect.stringMatching(/^\d+$/) })
    expect(second.json.data).toEqual(first.json.data)
  }),
  refusal(send, 1390001, {
    title: 'a template that does not exist',
    send: async (world) =>
      world.call('POST', sendPath, { body: await message(world, { template_id: '9999' }) }),
  }),
  refusal(send, 1390004, {
    title: 'somebody nobody knows',
    send: async (world) =>
      world.call('POST', sendPath, { body: await message(world, { user_id: 'nobody' }) }),
  }),
  happy(update, 'changes what the message says about its state', async (world) => {
    const sent = await world.call('POST', sendPath, { body: await message(world) })
    const body = { ...sent.json.data, status: 'APPROVED' }
    expect(await world.call('POST', updatePath, { body })).toMatchObject({ status: 200, json: { code: 0 } })
  }),
  refusal(update, 1390001, {
    title: 'a message nobody sent',
    send: (world) => world.call('POST', updatePath, { body: { message_id: '1', status: 'APPROVED' } }),
  }),
]
