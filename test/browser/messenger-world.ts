/** What the messenger's browser tests share: a small world, messages of the bot and of people, the app's ear. */
import { afterAll, beforeAll } from 'vitest'
import { findPerson, listUsers } from '../../sandbox/feishu/contact/people.ts'
import { addChat, type Chat } from '../../sandbox/feishu/im/index.ts'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'

export interface MessengerWorld {
  url: string
  sandbox: Sandbox
  /** open_id by name */
  id(name: string): string
  group(name: string, members: readonly string[], bot?: boolean): Chat
  /** The open API, with a live token. @throws when it refuses */
  api(method: string, path: string, body: unknown): Promise<Record<string, unknown>>
  /** The bot sends into a chat. */
  send(chat: Chat, type: string, content: unknown): Promise<string>
  /** A person acts in the browser client without a browser. */
  as(name: string, path: string, body: unknown): Promise<Record<string, unknown>>
  /** Types of the events given to the app so far. */
  events: string[]
}

/** A sandbox for this test file; its clock runs. */
export function useMessengerWorld(): MessengerWorld {
  const world = { events: [] as string[] } as unknown as MessengerWorld
  beforeAll(async () => {
    const sandbox = await buildSandbox({ seed: 7, statePath: null })
    const url = await sandbox.listen(0)
    const { kernel } = sandbox
    const emit = kernel.events.emit.bind(kernel.events)
    kernel.events.emit = (event) => {
      world.events.push(event.type)
      emit(event)
    }
    const id = (name: string) => listUsers(kernel).find((one) => one.name === name)?.open_id ?? ''
    const api: MessengerWorld['api'] = async (method, path, body) => {
      // Five a second go into one chat: tests do not wait for it.
      await kernel.clock.advance(1_000)
      const authorization = `Bearer ${kernel.tokens.issue().token}`
      return post(`${url}/open-apis${path}`, method, { authorization }, body)
    }
    Object.assign(world, {
      url,
      sandbox,
      id,
      api,
      group: (name: string, members: readonly string[], bot = true) =>
        addChat(kernel, { name, members: members.map(id), bot, creator: id(members[0] ?? '') }),
      async send(chat: Chat, type: string, content: unknown) {
        const body = { receive_id: chat.chat_id, msg_type: type, content: JSON.stringify(content) }
        const sent = await api('POST', '/im/v1/messages?receive_id_type=chat_id', body)
        return (sent.data as { message_id: string }).message_id
      },
      as: (name: string, path: string, body: unknown) => {
        const person = findPerson(kernel, id(name), 'open_id')?.open_id ?? ''
        return post(`${url}/_web/messenger/${path}`, 'POST', { 'x-sandbox-person': person }, body)
      },
    })
  })
  afterAll(() => world.sandbox.close())
  return world
}

async function post(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as Record<string, unknown>
  if (!response.ok) throw new Error(`${method} ${url}: ${JSON.stringify(answer)}`)
  return answer
}
