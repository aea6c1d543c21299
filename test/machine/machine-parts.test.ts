import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { people, settings } from '#src/db/schema/index.ts'
import { AppError } from '#src/errors.ts'
import type { LongConnection } from '#src/feishu/long-connection.ts'
import { silentLogger } from '#src/log.ts'
import { createAlertPort } from '#src/machine/alert-port.ts'
import { createBaseKeeper } from '#src/machine/base-keeper.ts'
import { createIntakeHooks } from '#src/machine/intake-hooks.ts'
import { readReadiness } from '#src/machine/readiness.ts'
import { checkWorld, resolveAdmin, seedDirectory } from '#src/machine/seed.ts'
import { readSources } from '#src/machine/sources.ts'
import { createMetrics } from '#src/ops/metrics.ts'
import { operationsChat, startRuntime } from '../runtime/runtime-world.ts'
import { useDatabase } from '../support/database.ts'
import { createGate } from '../support/gate.ts'

const database = useDatabase()

describe('readiness', () => {
  const state = (change: object) => () => ({ state: () => change }) as unknown as LongConnection
  const ready = {
    database,
    base: () => ({ ready: true }),
    transport: 'webhook',
    longConnection: () => undefined,
  } as const

  it('is given once database, Feishu and base work', async () => {
    expect(await readReadiness(ready)).toMatchObject({ ready: true })
    const longConnection = state({ connected: true })
    expect(await readReadiness({ ...ready, transport: 'long-connection', longConnection })).toMatchObject({
      ready: true,
    })
  })

  it('names everything that is missing', async () => {
    const readiness = await readReadiness({
      database: { db: { execute: () => Promise.reject(new Error('down')) } } as never,
      base: () => ({ ready: false, error: 'no permission' }),
      transport: 'long-connection',
      longConnection: state({ connected: false, phase: 'connecting', error: 'refused' }),
    })
    expect(readiness).toEqual({
      ready: false,
      checks: {
        database: { ok: false, detail: 'the database does not answer' },
        feishu: { ok: false, detail: 'long connection connecting: refused' },
        base: { ok: false, detail: 'no permission' },
      },
    })
  })
})

describe('setting up in Feishu', () => {
  it('is tried until it works, each step once, and is ready then', async () => {
    const steps = createGate<string>()
    let failures = 1
    const keeper = createBaseKeeper({
      mirror: {
        ensureBase: async (admin?: string) => {
          steps.pass(`base for ${admin}`)
        },
        start: () => steps.pass('mirror started'),
      } as never,
      opener: {
        subscribe: async () => {
          steps.pass('subscribe')
          if (failures-- > 0) throw new AppError('feishu_1390002', 'no such approval')
        },
      },
      admin: async () => 'ou_admin',
      alerts: { raise: async () => undefined, resolve: async () => undefined },
      wakeups: { on: () => () => undefined } as never,
      log: silentLogger,
    })
    expect(keeper.state()).toEqual({ ready: false })
    keeper.start()
    for (let i = 0; i < 3; i++) await steps.next()
    await keeper.stop()
    expect(keeper.state()).toEqual({ ready: false, error: 'no such approval' })
    keeper.start()
    await steps.next()
    await keeper.stop()
    expect(keeper.state()).toEqual({ ready: true })
    expect(steps.passed).toEqual(['base for ou_admin', 'mirror started', 'subscribe', 'subscribe'])
  })
})

describe('setting up that keeps failing', () => {
  it('is told of at the third failure, once, and taken back when it works', async () => {
    const told = createGate<string>()
    let failures = 4
    const keeper = createBaseKeeper({
      mirror: { ensureBase: async () => 'base', start: () => undefined } as never,
      opener: {
        subscribe: async () => {
          told.pass('subscribe')
          if (failures-- > 0) throw new AppError('feishu_1390002', 'no such approval')
        },
      },
      admin: async () => undefined,
      alerts: {
        raise: async ({ code }) => told.pass(code),
        resolve: async ({ code }) => told.pass(`resolved ${code}`),
      },
      wakeups: { on: () => () => undefined } as never,
      log: silentLogger,
    })
    keeper.start()
    for (let i = 0; i < 3; i++) await told.next()
    // Starting again stands for the pauses between the tries.
    for (let i = 0; i < 4; i++) {
      await keeper.stop()
      keeper.start()
    }
    await expect.poll(() => keeper.state().ready).toBe(true)
    await keeper.stop()
    expect(told.passed.filter((what) => what.endsWith('feishu_setup_failing'))).toEqual([
      'feishu_setup_failing',
      'resolved feishu_setup_failing',
    ])
  })
})

describe('alerts of the machine itself', () => {
  const alert = { code: 'x', subject: 's', title: '出错', text: '…', remedy: '…' }

  it('become a card in the operations group and are taken back', async () => {
    const world = await startRuntime(database)
    const port = createAlertPort(world.deps)
    await port.raise(alert)
    const posts = () => database.pool.query('select chat_id, input from card_posts')
    expect((await posts()).rows).toMatchObject([{ chat_id: operationsChat, input: { resolved: false } }])
    await port.resolve(alert)
    expect((await posts()).rows).toMatchObject([{ input: { resolved: true } }])
  })

  it('never break what they tell about', async () => {
    const world = await startRuntime(database)
    const broken = {
      ...world.deps,
      database: { ...database, db: { transaction: () => Promise.reject(new Error('down')) } },
    }
    const port = createAlertPort(broken as never)
    await expect(port.raise(alert)).resolves.toBeUndefined()
    await expect(port.resolve(alert)).resolves.toBeUndefined()
  })
})

describe('pulls that fail', () => {
  const source = { shop: { id: 's', name: '店' }, connector: { id: 'douyin-shop', label: '抖店' } } as never
  function hooks() {
    const told: string[] = []
    const made = createIntakeHooks(createMetrics(), {
      raise: async (alert) => void told.push(`raise ${alert.text}`),
      resolve: async (key) => void told.push(`resolve ${key.code}`),
    })
    return { told, made }
  }
  const later = new AppError('busy', 'busy', { retry: 'backoff' })
  const report = { created: 0, changed: 0, unchanged: 0 } as never

  it('are told of after the fifth in a row, once, and taken back when one works again', () => {
    const { told, made } = hooks()
    for (let i = 0; i < 4; i++) made.onError?.(source, 'orders', later)
    expect(told).toEqual([])
    for (let i = 0; i < 4; i++) made.onError?.(source, 'orders', later)
    expect(told).toEqual(['raise 抖店 订单：busy'])
    made.onPulled?.(source, 'orders', report)
    made.onPulled?.(source, 'orders', report)
    expect(told).toEqual(['raise 抖店 订单：busy', 'resolve pull_failing'])
  })

  it('for good are told of at once', () => {
    const { told, made } = hooks()
    made.onError?.(source, 'refunds', new AppError('connector_token_rejected', '授权已失效'))
    expect(told).toEqual(['raise 抖店 售后：授权已失效'])
  })
})

describe('what a start stores', () => {
  const feishu = { operationsChat: 'oc_ops', defaultApplicant: 'ou_a', refundChat: 'oc_r' } as never
  const someone = { openId: 'ou_1', name: '林', roles: ['客服'], operators: {} }

  it('keeps people as they were edited, and takes over chats from the configuration', async () => {
    const world = await startRuntime(database)
    await database.db.delete(people)
    await seedDirectory(database, { feishu, people: [someone], now: 1 })
    await world.within((ctx) => ctx.directory.savePerson({ ...someone, roles: ['主管'] }))
    await seedDirectory(database, { feishu, people: [someone], now: 2 })
    await world.within(async ({ directory }) => {
      expect(await directory.person('ou_1')).toMatchObject({ roles: ['主管'] })
      expect(await directory.operationsChat()).toBe('oc_ops')
      expect(await directory.chat('refunds')).toBe('oc_r')
      expect(await directory.defaultApplicant()).toBe('ou_a')
    })
  })

  it('finds the admin by mobile or open_id, or says what to do', async () => {
    await startRuntime(database)
    const contacts = {
      openIdsByMobile: async (mobiles: string[]) =>
        new Map(mobiles.filter((m) => m === '138').map((m) => [m, 'ou_9'])),
      user: async (openId: string) => ({ openId, userId: undefined, name: '赵' }),
    }
    const deps = { database, feishu: { contacts }, role: '管理员', now: 1 }
    expect(await resolveAdmin(deps, undefined)).toBeUndefined()
    expect(await resolveAdmin(deps, { mobile: '138' })).toBe('ou_9')
    expect(await resolveAdmin(deps, { openId: 'ou_8' })).toBe('ou_8')
    await expect(resolveAdmin(deps, { mobile: '139' })).rejects.toMatchObject({
      code: 'admin_unknown',
      retry: 'backoff',
    })
  })

  it('holds database and sandbox to one world', async () => {
    await database.db.delete(settings)
    await checkWorld(database, 'w1', 1)
    await checkWorld(database, 'w1', 2)
    await expect(checkWorld(database, 'w2', 3)).rejects.toMatchObject({
      code: 'world_mismatch',
      message: expect.stringContaining('--reset'),
    })
  })
})

describe('shops and systems as sources', () => {
  const connector = (id: string, role: 'channel' | 'erp') =>
    ({ id, label: id, role, config: z.object({ key: z.string() }), hosts: () => [`${id}.example`] }) as never
  const connectors = [connector('shop-a', 'channel'), connector('erp-a', 'erp')]
  const shop = (id: string, change: object = {}) => ({
    id,
    name: id,
    connector: 'shop-a',
    config: { key: 'k' },
    erpSystem: 'erp-1',
    payer: 'erp' as const,
    ...change,
  })
  const systems = [{ id: 'erp-1', connector: 'erp-a', config: { key: 'k' } }]

  it('pull an ERP account once however many shops are booked in it', () => {
    const sources = readSources({ shops: [shop('s1'), shop('s2')], systems } as never, connectors)
    expect(sources.all).toHaveLength(4)
    expect(sources.pulled.map((one) => `${one.shop.id} ${one.connector.id}`)).toEqual([
      's1 shop-a',
      's1 erp-a',
      's2 shop-a',
    ])
    expect([...sources.hosts].sort()).toEqual(['erp-a.example', 'shop-a.example'])
  })

  it('say everything that is wrong with the settings at once', () => {
    const shops = [shop('s1', { connector: 'nobody' }), shop('s2', { config: {} })]
    const read = () => readSources({ shops, systems: [{ ...systems[0], config: {} }] } as never, connectors)
    expect(read).toThrow(/no connector "nobody"; there are shop-a, erp-a/)
    expect(read).toThrow(/shop s2 \(shop-a\): key/)
    expect(read).toThrow(/system erp-1 \(erp-a\): key/)
  })
})
