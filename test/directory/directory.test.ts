import { describe, expect, it } from 'vitest'
import { createDirectory } from '#src/directory/directory.ts'
import { lin, startRuntime, wang } from '../runtime/runtime-world.ts'
import { useDatabase } from '../support/database.ts'

const database = useDatabase()

describe('people', () => {
  it('are found by open_id, by role and by their operator in another system', async () => {
    const world = await startRuntime(database)
    await world.within((ctx) => ctx.directory.savePerson({ ...lin, operators: { jushuitan: '小夏' } }))
    await world.within(async ({ directory }) => {
      expect(await directory.person(lin.openId)).toMatchObject({ name: '林小夏' })
      expect(await directory.person('ou_nobody')).toBeUndefined()
      expect(await directory.peopleWithRole('主管')).toMatchObject([{ openId: wang.openId }])
      expect(await directory.personByOperator('jushuitan', '小夏')).toMatchObject({ openId: lin.openId })
      expect(await directory.personByOperator('jushuitan', "x' or '1'='1")).toBeUndefined()
      expect(await directory.personByOperator('wangdiantong', '小夏')).toBeUndefined()
      expect(await directory.everybody()).toHaveLength(2)
    })
  })
})

describe('shops', () => {
  const configured = { id: 's', name: '店', connector: 'douyin-shop', payer: 'erp', chatId: 'oc_1' } as const
  const directory = (change: Partial<typeof configured> = {}) =>
    createDirectory(database.db, [{ ...configured, ...change }], 1)

  it('start from the configuration, and people’s settings stand above it', async () => {
    await startRuntime(database)
    expect(await directory().shop('s')).toEqual(configured)
    await directory().saveShop('s', { chatId: 'oc_2', orderUrlTemplate: 'https://x.example/{orderNo}' })
    await directory().saveShop('s', { payer: 'person' })
    expect(await directory().shop('s')).toMatchObject({
      chatId: 'oc_2',
      payer: 'person',
      orderUrlTemplate: 'https://x.example/{orderNo}',
    })
    expect(await directory().shops()).toEqual([await directory().shop('s')])
  })

  it('take over a new configuration where people set nothing', async () => {
    await startRuntime(database)
    await directory().saveShop('s', { orderUrlTemplate: 'https://x.example' })
    expect(await directory({ chatId: 'oc_1' as const }).shop('s')).toMatchObject({ chatId: 'oc_1' })
  })

  it('can have a setting emptied, whatever the configuration says', async () => {
    await startRuntime(database)
    await directory().saveShop('s', { chatId: 'oc_2' })
    await directory().saveShop('s', { chatId: null })
    expect(await directory().shop('s')).not.toHaveProperty('chatId')
    await directory().saveShop('s', { payer: 'channel' })
    expect(await directory().shop('s')).not.toHaveProperty('chatId')
  })

  it('that nobody configured are refused', async () => {
    await startRuntime(database)
    await expect(directory().saveShop('other', {})).rejects.toMatchObject({ code: 'shop_unknown' })
    expect(await directory().shop('other')).toBeUndefined()
  })
})
