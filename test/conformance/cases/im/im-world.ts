/** What the im cases share: calls a second apart, people, groups and messages on demand. */
import { Client } from '@larksuiteoapi/node-sdk'
import { expect } from 'vitest'
import { addChat, type NewChat } from '../../../../sandbox/feishu/im/chats.ts'
import { messageState } from '../../../../sandbox/feishu/im/im-state.ts'
import type { Chat } from '../../../../sandbox/feishu/im/index.ts'
import { type Loose, silent } from '../../../sandbox/kernel-sandbox.ts'
import type { ConformanceCase, ConformanceWorld, RawAnswer, RawCall } from '../../case.ts'

export const day = 24 * 3_600_000
export const byChat = { receive_id_type: 'chat_id' }

/** A call of the open API, a second after the one before: five a second go into one chat. */
export async function api(
  world: ConformanceWorld,
  method: string,
  path: string,
  options?: RawCall,
): Promise<RawAnswer> {
  await world.advance(1_000)
  return world.call(method, `/open-apis${path}`, options)
}

/** The answer's data. @throws when the call was refused */
export async function ok(
  world: ConformanceWorld,
  method: string,
  path: string,
  options?: RawCall,
): Promise<Loose> {
  const { status, json } = await api(world, method, path, options)
  expect({ status, code: json.code, msg: json.msg }).toMatchObject({ status: 200, code: 0 })
  return json.data
}

export function people(world: ConformanceWorld): { lin: string; zhou: string; wang: string } {
  const users = (world.sandbox.kernel.readState().users ?? []) as { open_id: string; name: string }[]
  const idOf = (name: string) => users.find((user) => user.name === name)?.open_id ?? ''
  return { lin: idOf('林小夏'), zhou: idOf('周宁'), wang: idOf('王岚') }
}

/** A group of 林小夏 (owner), 周宁 and the bot, which made it. */
export function group(world: ConformanceWorld, wanted: Partial<NewChat> = {}): Chat {
  const { lin, zhou } = people(world)
  return addChat(world.sandbox.kernel, { name: '一致性群', members: [lin, zhou], bot: true, ...wanted })
}

/** A group the bot is in without having made or owning it. */
export function foreignGroup(world: ConformanceWorld, settings: Record<string, unknown> = {}): Chat {
  return group(world, { creator: people(world).lin, settings })
}

export async function send(
  world: ConformanceWorld,
  chat: Chat,
  content: unknown = { text: '你好' },
  msgType = 'text',
): Promise<string> {
  const body = { receive_id: chat.chat_id, msg_type: msgType, content: JSON.stringify(content) }
  return (await ok(world, 'POST', '/im/v1/messages', { query: byChat, body })).message_id
}

/** A person's message, by the control API. */
export async function say(world: ConformanceWorld, chat: Chat, text = '在吗'): Promise<string> {
  const body = { open_id: people(world).lin, text }
  const answer = (await world.control(`chats/${chat.chat_id}/messages`, body)) as { message_id: string }
  return answer.message_id
}

export async function recall(world: ConformanceWorld, messageId: string): Promise<void> {
  await ok(world, 'DELETE', `/im/v1/messages/${messageId}`)
}

export async function dissolved(world: ConformanceWorld): Promise<Chat> {
  const chat = group(world)
  await ok(world, 'DELETE', `/im/v1/chats/${chat.chat_id}`)
  return chat
}

export function withoutBot(world: ConformanceWorld): Chat {
  return group(world, { bot: false })
}

/** A file the app uploaded, without going through the upload. */
export function uploaded(world: ConformanceWorld, type: string): string {
  const key = `file_v3_${world.sandbox.kernel.id('').slice(0, 12)}`
  messageState(world.sandbox.kernel).files[key] = { size: 5, name: `a.${type}`, type }
  return key
}

type Attempt = (world: ConformanceWorld) => Promise<RawAnswer> | RawAnswer

/** A case that must be refused with a code and HTTP 400. */
export function refused(
  endpoint: string,
  code: number,
  when: string,
  attempt: Attempt,
  kind: 'error' | 'limit' = 'error',
): ConformanceCase {
  return {
    endpoint,
    kind,
    title: `${code} ${when}`,
    async run(world) {
      const { status, json } = await attempt(world)
      expect({ status, code: json.code, msg: json.msg }).toMatchObject({ status: 400, code })
    },
  }
}

export function happy(
  endpoint: string,
  title: string,
  run: (world: ConformanceWorld) => Promise<void>,
): ConformanceCase {
  return { endpoint, kind: 'happy', title, run }
}

const forgetful = { get: async () => undefined, set: async () => true }

/**
 * The official SDK with a token of this moment, a second after the call before: cases move the clock by days, and the
 * SDK would go on with a token that has died in sandbox time.
 */
export async function sdkNow(world: ConformanceWorld): Promise<Client> {
  await world.advance(1_000)
  const { appId, appSecret } = world.sandbox.kernel.identity()
  return new Client({ appId, appSecret, domain: world.url, logger: silent, cache: forgetful })
}
