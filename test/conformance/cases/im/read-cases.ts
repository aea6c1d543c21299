import { expect } from 'vitest'
import { appSettings } from '../../../../sandbox/feishu/application/app-state.ts'
import { onePixel } from '../../../sandbox/im-pictures.ts'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { api, day, group, happy, people, recall, refused, say, sdkNow, send, withoutBot } from './im-world.ts'

const get = 'GET /open-apis/im/v1/messages/:message_id'
const list = 'GET /open-apis/im/v1/messages'
const readers = `${get}/read_users`

function messagesOf(world: ConformanceWorld, query: Record<string, string | number>) {
  return api(world, 'GET', '/im/v1/messages', { query: { container_id_type: 'chat', ...query } })
}

async function uploadTo(world: ConformanceWorld, path: string, parts: Record<string, string | Blob>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, 'a.bin')
  }
  return api(world, 'POST', path, { body: form })
}

const images = 'POST /open-apis/im/v1/images'
const files = 'POST /open-apis/im/v1/files'
const picture = (bytes: Buffer = onePixel) => new Blob([new Uint8Array(bytes)])
const png = (width: number) => {
  const bytes = Buffer.from(onePixel)
  bytes.writeUInt32BE(width, 16)
  return bytes
}

export const readCases: readonly ConformanceCase[] = [
  happy(get, 'answers with the message', async (world) => {
    const id = await send(world, group(world))
    const { data } = await (await sdkNow(world)).im.v1.message.get({ path: { message_id: id } })
    expect(data?.items?.[0]).toMatchObject({ message_id: id, msg_type: 'text' })
  }),
  refused(get, 230001, 'no such message', (world) => api(world, 'GET', '/im/v1/messages/om_nothing')),
  happy(list, 'pages through a chat, oldest or newest first', async (world) => {
    const chat = group(world)
    const ids = [await send(world, chat), await send(world, chat), await send(world, chat)]
    const { data } = (await messagesOf(world, { container_id: chat.chat_id, page_size: 2 })).json
    expect(data).toMatchObject({ has_more: true })
    const rest = await messagesOf(world, {
      container_id: chat.chat_id,
      page_size: 2,
      page_token: String(data?.page_token),
    })
    expect(rest.json.data).toMatchObject({ has_more: false, items: [{ message_id: ids[2] }] })
    const newest = await messagesOf(world, { container_id: chat.chat_id, sort_type: 'ByCreateTimeDesc' })
    expect(newest.json.data).toMatchObject({ items: [{ message_id: ids[2] }, {}, {}] })
  }),
  refused(list, 230002, 'the bot is not in the group', (world) =>
    messagesOf(world, { container_id: withoutBot(world).chat_id }),
  ),
  refused(list, 230027, 'the app may not read the history of groups', async (world) => {
    const { missingScopes } = appSettings(world.sandbox.kernel)
    missingScopes.tenant = ['im:message.group_msg']
    const answer = await messagesOf(world, { container_id: group(world).chat_id })
    missingScopes.tenant = []
    return answer
  }),
  refused(list, 230001, 'no such chat', (world) => messagesOf(world, { container_id: 'oc_nothing' })),
  refused(
    list,
    230001,
    'a page above 50',
    (world) => messagesOf(world, { container_id: group(world).chat_id, page_size: 51 }),
    'limit',
  ),
  happy(readers, 'names who has read it', async (world) => {
    const id = await send(world, group(world))
    const { lin } = people(world)
    await world.control(`messages/${id}/read`, { open_id: lin })
    const { data } = await (await sdkNow(world)).im.v1.message.readUsers({
      path: { message_id: id },
      params: { user_id_type: 'open_id' },
    })
    expect(data?.items).toMatchObject([{ user_id: lin, user_id_type: 'open_id' }])
  }),
  refused(readers, 230012, 'somebody else sent it', async (world) =>
    api(world, 'GET', `/im/v1/messages/${await say(world, group(world))}/read_users`, {
      query: { user_id_type: 'open_id' },
    }),
  ),
  refused(
    readers,
    230033,
    'older than seven days',
    async (world) => {
      const id = await send(world, group(world))
      await world.advance(7 * day + 1_000)
      return api(world, 'GET', `/im/v1/messages/${id}/read_users`, { query: { user_id_type: 'open_id' } })
    },
    'limit',
  ),
  happy(images, 'keeps a picture that can be sent and downloaded', async (world) => {
    const made = await (await sdkNow(world)).im.v1.image.create({
      data: { image_type: 'message', image: onePixel },
    })
    const key = made?.image_key ?? ''
    const id = await send(world, group(world), { image_key: key }, 'image')
    for (const path of [`/im/v1/images/${key}`, `/im/v1/messages/${id}/resources/${key}?type=image`]) {
      const token = world.sandbox.kernel.tokens.issue().token
      const response = await fetch(`${world.url}/open-apis${path}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      expect(response.headers.get('content-type')).toBe('image/png')
      expect(Buffer.from(await response.arrayBuffer()).equals(onePixel)).toBe(true)
    }
  }),
  refused(images, 234001, 'no such image_type', (world) =>
    uploadTo(world, '/im/v1/images', { image_type: 'poster', image: picture() }),
  ),
  refused(images, 234010, 'an empty picture', (world) =>
    uploadTo(world, '/im/v1/images', { image_type: 'message', image: new Blob([]) }),
  ),
  refused(images, 234011, 'no picture at all', (world) =>
    uploadTo(world, '/im/v1/images', { image_type: 'message', image: new Blob(['words']) }),
  ),
  refused(
    images,
    234006,
    'above 10 MB',
    (world) =>
      uploadTo(world, '/im/v1/images', {
        image_type: 'message',
        image: picture(Buffer.concat([onePixel, Buffer.alloc(10 * 1024 * 1024)])),
      }),
    'limit',
  ),
  refused(
    images,
    234039,
    'wider than 12,000 px',
    (world) => uploadTo(world, '/im/v1/images', { image_type: 'message', image: picture(png(12_001)) }),
    'limit',
  ),
  happy(files, 'keeps a file that can be sent and downloaded', async (world) => {
    const made = await (await sdkNow(world)).im.v1.file.create({
      data: { file_type: 'stream', file_name: '对账单.txt', file: Buffer.from('一行') },
    })
    const key = made?.file_key ?? ''
    await send(world, group(world), { file_key: key }, 'file')
    const token = world.sandbox.kernel.tokens.issue().token
    const response = await fetch(`${world.url}/open-apis/im/v1/files/${key}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await response.text()).toBe('一行')
  }),
  refused(files, 234001, 'no such file_type', (world) =>
    uploadTo(world, '/im/v1/files', { file_type: 'exe', file_name: 'a', file: picture() }),
  ),
  refused(files, 234010, 'an empty file', (world) =>
    uploadTo(world, '/im/v1/files', { file_type: 'stream', file_name: 'a', file: new Blob([]) }),
  ),
  refused(
    files,
    234006,
    'above 30 MB',
    (world) =>
      uploadTo(world, '/im/v1/files', {
        file_type: 'stream',
        file_name: 'a',
        file: new Blob([new Uint8Array(30 * 1024 * 1024 + 1)]),
      }),
    'limit',
  ),
  happy('GET /open-apis/im/v1/images/:image_key', 'is downloaded as it was uploaded', async (world) => {
    const { json } = await uploadTo(world, '/im/v1/images', { image_type: 'message', image: picture() })
    expect((await api(world, 'GET', `/im/v1/images/${json.data?.image_key}`)).status).toBe(200)
  }),
  refused('GET /open-apis/im/v1/images/:image_key', 234001, 'no such picture', (world) =>
    api(world, 'GET', '/im/v1/images/img_nothing'),
  ),
  refused('GET /open-apis/im/v1/images/:image_key', 234008, 'avatars are not downloaded', async (world) => {
    const { json } = await uploadTo(world, '/im/v1/images', { image_type: 'avatar', image: picture() })
    return api(world, 'GET', `/im/v1/images/${json.data?.image_key}`)
  }),
  refused('GET /open-apis/im/v1/files/:file_key', 234001, 'no such file', (world) =>
    api(world, 'GET', '/im/v1/files/file_nothing'),
  ),
  refused(`${get}/resources/:file_key`, 234003, 'the message does not hold it', async (world) =>
    api(world, 'GET', `/im/v1/messages/${await send(world, group(world))}/resources/img_x`, {
      query: { type: 'image' },
    }),
  ),
  refused(`${get}/resources/:file_key`, 234043, 'a card’s pictures are not downloaded', async (world) => {
    const id = await send(world, group(world), { schema: '2.0', body: { elements: [] } }, 'interactive')
    return api(world, 'GET', `/im/v1/messages/${id}/resources/img_x`, { query: { type: 'image' } })
  }),
  refused(`${get}/resources/:file_key`, 230110, 'the message was recalled', async (world) => {
    const id = await send(world, group(world))
    await recall(world, id)
    return api(world, 'GET', `/im/v1/messages/${id}/resources/img_x`, { query: { type: 'image' } })
  }),
]
