import type { Page } from 'playwright-core'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { type Receiver, startReceiver } from '../../sandbox/kernel-sandbox.ts'
import type { OpenPage, Pages } from '../../support/browser.ts'

export type Json = Record<string, unknown>

export const plain = (content: string) => ({ tag: 'plain_text', content })
export const calls = (value: Json = { from: 'test' }) => [{ type: 'callback', value }]
export const cardOf = (...elements: Json[]): Json => ({ schema: '2.0', body: { elements } })

export interface PressWorld {
  url: string
  sandbox: Sandbox
  /** open_ids of people of the group the cards are sent to */
  people: { open_id: string; name: string }[]
  /** Opens a sent card as the first person, with a bot that answers. */
  show(browser: Pages, card: Json, options?: { phone?: boolean; bot?: boolean }): Promise<Shown>
}

export interface Shown extends OpenPage {
  bot: Receiver
  messageId: string
  /** the part of the page that shows the card */
  card: ReturnType<Page['getByRole']>
  /** `event.action` of the n-th press that reached the bot */
  action(n?: number): Promise<Json>
}

export async function startPressWorld(): Promise<PressWorld> {
  const sandbox = await buildSandbox({ seed: 7, statePath: null })
  const url = await sandbox.listen(0)
  const session = (await (await fetch(`${url}/_web/session`)).json()) as { people: PressWorld['people'] }
  return {
    url,
    sandbox,
    people: session.people,
    async show(browser, card, options = {}) {
      const person = session.people[0]?.open_id ?? ''
      const bot = await startReceiver(sandbox.kernel.identity().encryptKey)
      await post(`${url}/_control/settings`, { callbackUrl: options.bot === false ? null : bot.url })
      const sent = await post(`${url}/_web/gallery/send`, { content: JSON.stringify(card) }, person)
      const messageId = String(sent.message_id)
      const address = `${url}/gallery?tab=editor&sent=${messageId}`
      const opened = await browser.open(address, { person, phone: options.phone ?? false })
      const shown = opened.page.getByRole('region', { name: '已发到群里的卡片' })
      await shown.locator('[data-card]').waitFor()
      const action = async (n = 1) => (await bot.arrived(n))[n - 1]?.json.event.action as Json
      return { ...opened, bot, messageId, card: shown, action }
    },
  }
}

async function post(url: string, body: unknown, person = ''): Promise<Json> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-person': person },
    body: JSON.stringify(body),
  })
  const json = (await answer.json()) as Json
  if (!answer.ok) throw new Error(JSON.stringify(json))
  return json
}
