import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isOpen } from '../../sandbox/channels/douyin-shop/refund.ts'
import { savedAfterSales, savedOrders } from '../../sandbox/channels/douyin-shop/state.ts'
import { buildSandbox } from '../../sandbox/server.ts'
import { historyOrders } from '../../sandbox/world/history.ts'
import { callShop, startWorld, tokenOfShop } from './world-sandbox.ts'

describe('the world', () => {
  it('has people, groups, shops, one approval and seven days of orders', async () => {
    const world = await startWorld()
    const names = world.state.users.map((user: { name: string }) => user.name)
    expect(names).toEqual(
      expect.arrayContaining(['林小夏', '周宁', '陈果', '苏晴', '王岚', '赵敏', '何志远']),
    )
    const chats = world.state.chats.map((chat: { name: string }) => chat.name)
    expect(chats).toEqual(
      expect.arrayContaining(['海岛假期旗舰店 订单群', '进口好物 订单群', '退款审批群', '运营值班群']),
    )
    for (const shop of world.state.channels['douyin-shop'].shops) {
      expect(world.state.chats.map((chat: { chat_id: string }) => chat.chat_id)).toContain(shop.chat_id)
    }
    expect(world.state.approvals).toMatchObject([{ name: '退款审批' }])
    const orders = savedOrders(world.kernel)
    expect(orders).toHaveLength(historyOrders)
    expect(orders.map((order) => order.status)).toEqual(expect.arrayContaining([2, 105, 3, 4, 5]))
    expect(orders.filter((order) => order.afterSale?.refundStatus === 3).length).toBeGreaterThan(0)
    expect(orders.every((order) => order.updateTime * 1000 <= world.kernel.clock.now())).toBe(true)
    const days = new Set(orders.map((order) => new Date(order.createTime * 1000).toISOString().slice(0, 10)))
    expect(days.size).toBeGreaterThanOrEqual(7)
    const outcomes = new Set(savedAfterSales(world.kernel).map((item) => item.status))
    expect(outcomes).toEqual(new Set([12, 27, 28]))
    expect(savedAfterSales(world.kernel).every((item) => !isOpen(item))).toBe(true)
  })

  it('takes its pace from the control API and refuses nonsense', async () => {
    const world = await startWorld()
    expect(await world.control('generator', { ordersPerMinute: 30 })).toMatchObject({
      body: { ordersPerMinute: 30 },
    })
    expect(world.kernel.settings.ordersPerMinute).toBe(30)
    expect((await world.control('generator', { ordersPerMinute: 'fast' })).status).toBe(400)
    await world.control('generator', { ordersPerMinute: 0 })
    expect(world.kernel.settings.ordersPerMinute).toBe(0)
  })

  it('is told the same way by the same seed', async () => {
    const now = Date.parse('2026-11-21T09:00:00+08:00')
    const tell = async (seed: number) => {
      const { kernel } = await startWorld({ seed, now })
      return savedOrders(kernel).map(({ productName, payAmount, status, buyer }) => [
        productName,
        payAmount,
        status,
        buyer,
      ])
    }
    const first = await tell(5)
    expect(await tell(5)).toEqual(first)
    expect(await tell(6)).not.toEqual(first)
  })

  it('lives on by itself at the speed asked for, and stops at 0', async () => {
    const { kernel } = await startWorld()
    kernel.settings.ordersPerMinute = 6
    await kernel.clock.advance(10 * 60_000)
    const made = savedOrders(kernel).length - historyOrders
    expect(made).toBeGreaterThanOrEqual(55)
    expect(made).toBeLessThanOrEqual(62)
    kernel.settings.ordersPerMinute = 0
    await kernel.clock.advance(60_000)
    const stopped = savedOrders(kernel).length
    await kernel.clock.advance(10 * 60_000)
    expect(savedOrders(kernel)).toHaveLength(stopped)
  })

  it('does not drown in orders when the clock jumps by weeks', async () => {
    const { kernel } = await startWorld()
    kernel.settings.ordersPerMinute = 60
    await kernel.clock.advance(15 * 86_400_000)
    expect(savedOrders(kernel).length).toBeLessThan(10_000)
  })

  it('opens further shops with a group and an ERP number of their own', async () => {
    const world = await startWorld()
    const { body } = await world.control('channels/douyin-shop/shops', { kind: 'goods' })
    const made = await world.control('channels/douyin-shop/orders', { shop_id: body.shop_id, count: 2 })
    expect(made.body.order_ids).toHaveLength(2)
    const token = await tokenOfShop(world, body.shop_id)
    const param = { create_time_start: 1, page: 0, size: 10 }
    expect((await callShop(world, '/order/searchList', param, { token })).data.total).toBe(2)
    const chats = (world.kernel.readState().chats as { chat_id: string }[]).map((chat) => chat.chat_id)
    expect(chats).toContain(body.chat_id)
  })

  it('goes on after a restart: same keys, same orders, refunds on their way still arrive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'world-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const first = await startWorld({ statePath: folder })
    const shop_id = '48213377'
    const [orderId] = (await first.control('channels/douyin-shop/orders', { shop_id })).body.order_ids
    const refund = (await first.control('channels/douyin-shop/refunds', { order_id: orderId })).body
    await callShop(
      first,
      '/afterSale/operate',
      { type: 201, items: [{ aftersale_id: refund.aftersale_id }] },
      { token: await tokenOfShop(first, shop_id) },
    )
    first.kernel.save()
    const again = await buildSandbox({ statePath: folder })
    onTestFinished(() => again.close())
    await again.listen(0)
    const channels = again.kernel.readState().channels as Record<string, { appSecret: string }>
    expect(channels['douyin-shop']?.appSecret).toBe(first.state.channels['douyin-shop'].appSecret)
    expect(savedOrders(again.kernel).map((order) => order.id)).toContain(orderId)
    expect(savedOrders(again.kernel)).toHaveLength(historyOrders + 1)
    const refundStatus = () =>
      savedAfterSales(again.kernel).find((item) => item.orderId === orderId)?.refundStatus
    expect(refundStatus()).toBe(2)
    await again.kernel.clock.advance(10_000)
    expect(refundStatus()).toBe(3)
  })
})
