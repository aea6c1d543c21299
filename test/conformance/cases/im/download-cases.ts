import { expect } from 'vitest'
import { answerCardToken, issueCardToken } from '../../../../sandbox/feishu/im/delayed-update-api.ts'
import { findMessage } from '../../../../sandbox/feishu/im/message-store.ts'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { api, group, happy, ok, refused, sdkNow, send } from './im-world.ts'

const update = 'POST /open-apis/interactive/v1/card/update'
const announcement = '/open-apis/im/v1/chats/:chat_id/announcement'

const card = (text: string) => ({
  schema: '2.0',
  body: { elements: [{ tag: 'markdown', content: text }] },
})

/** Bytes of an answer that is no JSON. */
async function bytesOf(world: ConformanceWorld, path: string): Promise<string> {
  await world.advance(1_000)
  const token = world.sandbox.kernel.tokens.issue().token
  const response = await fetch(`${world.url}/open-apis${path}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(response.status).toBe(200)
  return response.text()
}

async function uploadedFile(world: ConformanceWorld): Promise<string> {
  const made = await (await sdkNow(world)).im.v1.file.create({
    data: { file_type: 'stream', file_name: '对账单.txt', file: Buffer.from('一行') },
  })
  return made?.file_key ?? ''
}

/** The token of a press on a fresh card, as a callback carries it. */
async function pressed(world: ConformanceWorld, answered = true): Promise<{ token: string; id: string }> {
  const id = await send(world, group(world), card('旧'), 'interactive')
  const { kernel } = world.sandbox
  const message = findMessage(kernel, id)
  if (message === undefined) throw new Error('the card was not kept')
  const token = issueCardToken(kernel, message)
  if (answered) answerCardToken(kernel, token)
  return { token, id }
}

const change = (world: ConformanceWorld, token: string) =>
  api(world, 'POST', '/interactive/v1/card/update', { body: { token, card: card('新') } })

export const downloadCases: readonly ConformanceCase[] = [
  happy('GET /open-apis/im/v1/files/:file_key', 'gives back what was uploaded', async (world) => {
    expect(await bytesOf(world, `/im/v1/files/${await uploadedFile(world)}`)).toBe('一行')
  }),
  happy(
    'GET /open-apis/im/v1/messages/:message_id/resources/:file_key',
    'gives back the file of a message',
    async (world) => {
      const key = await uploadedFile(world)
      const id = await send(world, group(world), { file_key: key }, 'file')
      expect(await bytesOf(world, `/im/v1/messages/${id}/resources/${key}?type=file`)).toBe('一行')
    },
  ),
  happy(update, 'replaces the card of a press, twice at most', async (world) => {
    const { token, id } = await pressed(world)
    expect((await change(world, token)).json.code).toBe(0)
    const { items } = await ok(world, 'GET', `/im/v1/messages/${id}`, {
      query: { card_msg_content_type: 'user_card_content' },
    })
    expect(JSON.stringify(items)).toContain('新')
    expect((await change(world, token)).json.code).toBe(0)
    expect((await change(world, token)).json.code).toBe(300040)
  }),
  refused(update, 300020, 'the token is of another form', (world) => change(world, 't-x')),
  refused(update, 300030, 'the token is older than half an hour', async (world) => {
    const { token } = await pressed(world)
    await world.advance(31 * 60_000)
    return change(world, token)
  }),
  refused(update, 300000, 'the callback has not been answered yet', async (world) =>
    change(world, (await pressed(world, false)).token),
  ),
  ...(['GET', 'PATCH'] as const).map((method) =>
    refused(`${method} ${announcement}`, 232097, 'the announcement is of the new kind', (world) =>
      api(world, method, `/im/v1/chats/${group(world).chat_id}/announcement`, {
        ...(method === 'PATCH' && { body: { revision: '0', requests: [] } }),
      }),
    ),
  ),
]
