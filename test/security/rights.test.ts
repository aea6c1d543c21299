/** Who may do what: presses are believed only from people of the table 人员, in the card's own chat, with the role. */
import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'
import type { Loose, Message } from '../support/world-control.ts'

const product = useProduct({
  transport: 'webhook',
  configure: (config) => ({ ...config, shops: config.shops.map((shop) => ({ ...shop, payer: 'person' })) }),
})
let base = ''
beforeAll(async () => {
  base = (await product().get('state')).bases[0].app_token
})

/** What Feishu would send for a press; signed and sealed with the app's real keys. */
async function forge(p: Product, event: Record<string, unknown>): Promise<{ status: number; body: Loose }> {
  const { encryptKey = '', verificationToken } = p.config.feishu
  const header = { event_id: randomUUID(), token: verificationToken, event_type: 'card.action.trigger' }
  const plain = JSON.stringify({ schema: '2.0', header, event })
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv)
  const encrypt = Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64')
  const raw = JSON.stringify({ encrypt })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHash('sha256').update(`${timestamp}n${encryptKey}${raw}`).digest('hex')
  const answer = await fetch(`${p.address}/feishu/callback`, {
    method: 'POST',
    headers: {
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': 'n',
      'x-lark-signature': signature,
    },
    body: raw,
  })
  return { status: answer.status, body: await answer.json() }
}

interface Claim {
  p: Product
  orderNo: string
  card: Message
  value: { p: string; a: string; v: object }
  event(change?: { who?: string; value?: unknown; message?: string; chat?: string }): Record<string, unknown>
}

async function claimable(): Promise<Claim> {
  const p = product()
  const orderNo = await p.placeOrder({ shop_id: '48213377' })
  const card = await p.card(orderNo)
  const value = JSON.parse(/\{"p":"[^}]*\{\}\}/.exec(JSON.stringify(card.content))?.[0] ?? '{}')
  return {
    ...{ p, orderNo, card, value },
    event: (change = {}) => ({
      operator: { open_id: change.who ?? p.person('林小夏') },
      action: { tag: 'button', value: 'value' in change ? change.value : value },
      context: {
        open_message_id: change.message ?? card.message_id,
        open_chat_id: change.chat ?? card.chat_id,
      },
    }),
  }
}

async function expectUnclaimed({ p, orderNo }: Claim): Promise<void> {
  await p.settled()
  expect((await p.row('订单', orderNo))?.fields).toMatchObject({ 跟进状态: '待跟进' })
}

const toastOf = (answer: { body: Loose }) => answer.body.toast

test('a stranger, another chat and values that no card of ours carries are refused with a toast, nothing changes', async () => {
  const claim = await claimable()
  const { p, value, event } = claim
  const other = p.chat(/退款/)
  const refused = [
    event({ who: 'ou_somebody_else' }),
    event({ who: '__proto__' }),
    event({ chat: other }),
    event({ value: { ...value, p: randomUUID() } }),
    event({ value: { ...value, p: "' or 1=1 --" } }),
    event({ value: { ...value, a: 'paid' } }),
    event({ value: { ...value, a: '__proto__' } }),
    event({ value: { ...value, a: 'constructor' } }),
    event({ value: { ...value, s: 'order:douyin:1' } }),
    event({ value: { ...value, v: 'x' } }),
    event({ value: null }),
    event({ value: 'claim' }),
    event({ value: ['claim'] }),
    event({ value: { ...value, p: { $ne: 1 } } }),
    event({ value: undefined }),
  ]
  for (const one of refused) {
    const answer = await forge(p, one)
    expect(answer.status).toBe(200)
    expect(toastOf(answer), JSON.stringify(one)).toMatchObject({ type: 'error' })
  }
  await expectUnclaimed(claim)
})

test('giant values and polluting names are taken as what they are: a press like any other', async () => {
  const { p, value, event } = await claimable()
  const polluting = JSON.parse(
    '{"__proto__":{"roles":["管理员"]},"constructor":{"prototype":{"polluted":1}}}',
  )
  const giant = { ...value, v: { ...polluting, filler: 'x'.repeat(400_000) } }
  const answer = await forge(p, event({ value: giant }))
  expect(toastOf(answer).type).toBe('success')
  expect(({} as Loose).polluted).toBeUndefined()
  expect(({} as Loose).roles).toBeUndefined()
})

test('a press about money needs the role, and nobody is believed that money moved', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ shop_id: '48213377' })
  await until('the order’s row', () => p.row('订单', orderNo))
  await p.post('channels/douyin-shop/refunds', { order_id: orderNo })
  const pending = await until('an approval', async () =>
    (await p.instances()).find(
      (one) => one.status === 'PENDING' && JSON.stringify(one.values).includes(orderNo),
    ),
  )
  const button = '我已在后台退款'
  const shown = () =>
    until('the refund’s card', async () =>
      (await p.messages(orderNo)).find((m) => m.chat_id === p.chat(/退款/)),
    )
  await expect(p.press(await shown(), '王岚', button)).rejects.toThrow('no such button')
  await p.post(`approvals/${pending.instance_code}/approve`, { open_id: p.person('王岚') })
  const card = await until('a card with the button', async () => {
    const found = await shown()
    return JSON.stringify(found.content).includes(button) && found
  })
  const operators = p.world.users.filter((user) => user.roles.includes('operator')).map((user) => user.name)
  expect(operators.length).toBeGreaterThan(0)
  const value = JSON.parse(/\{"p":"[^}]*\{\}\}/.exec(JSON.stringify(card.content))?.[0] ?? '{}')
  const press = (who: string) =>
    forge(p, {
      operator: { open_id: p.person(who) },
      action: { tag: 'button', value },
      context: { open_message_id: card.message_id, open_chat_id: card.chat_id },
    })
  for (const who of operators)
    expect(toastOf(await press(who))).toMatchObject({
      type: 'error',
      content: expect.stringContaining('仅限'),
    })
  expect(toastOf(await press('王岚'))).toMatchObject({
    type: 'info',
    content: expect.stringContaining('正在向平台核对'),
  })
  await p.settled()
  expect((await p.row('退款单', orderNo))?.fields.状态).not.toBe('已退款')
  expect(await p.rows('财务流水', orderNo)).toEqual([])
})

test('who is deleted from 人员 can no longer press, and can again once added', async () => {
  const claim = await claimable()
  const { p, event, orderNo } = claim
  const path = `bases/${base}/tables/${encodeURIComponent('人员')}/records`
  const admin = p.person('何志远')
  const who = p.person('周宁')
  await forge(p, event())
  await until('the claim', async () => (await p.row('订单', orderNo))?.fields.跟进状态 === '已认领')
  const answerTo = async () => toastOf(await forge(p, event({ who }))).content as string
  expect(await answerTo()).toContain('已先认领')

  const row = await until('the person’s row', () => p.row('人员', who))
  await p.post(`${path}/${row.record_id}/delete`, { open_id: admin })
  await until(
    'the press is refused',
    async () => (await answerTo()).includes('不在「人员」表中') || undefined,
  )
  await p.settled()
  expect(await p.row('人员', who)).toBeUndefined()
  expect(await p.messages('补回')).toEqual([])

  await p.restart()
  expect(await answerTo()).toContain('不在「人员」表中')

  await p.post(path, { open_id: admin, fields: { 成员: [{ id: who }], 角色: ['客服'] } })
  await until('the press is taken again', async () => (await answerTo()).includes('已先认领') || undefined)
})
