import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createSealer } from '#src/secrets/sealer.ts'
import { useDatabase } from '../support/database.ts'
import { intakeDeps } from './intake-deps.ts'
import { startMs } from './records.ts'
import { createShelf, type Shelf, shelfSource } from './shelf-connector.ts'

const database = useDatabase()
let shelf: Shelf
beforeEach(async () => {
  await database.pool.query('truncate tokens')
  shelf = createShelf(startMs)
})

const process = (sealer?: ReturnType<typeof createSealer>) => intakeDeps(database, shelf, sealer).tokens

describe('the token keeper', () => {
  it('authorises once, however many ask in however many processes', async () => {
    const processes = [process(), process(), process()]
    const tokens = await Promise.all(
      processes.flatMap((keeper) => Array.from({ length: 3 }, () => keeper.token(shelfSource(shelf)))),
    )
    expect(new Set(tokens)).toEqual(new Set(['token-1']))
    expect(shelf.tokens).toBe(1)
  })

  it('keeps tokens encrypted', async () => {
    await process().token(shelfSource(shelf))
    const { rows } = await database.pool.query('select * from tokens')
    expect(JSON.stringify(rows)).not.toContain('token-1')
  })

  it('renews early, from the token it had', async () => {
    const keeper = process()
    await keeper.token(shelfSource(shelf))
    shelf.now += 23 * 3_600_000 - 1
    expect(await keeper.token(shelfSource(shelf))).toBe('token-1')
    shelf.now += 1
    expect(await keeper.token(shelfSource(shelf))).toBe('token-2')
    expect(shelf.previous).toMatchObject([undefined, { accessToken: 'token-1', refreshToken: 'r' }])
  })

  it('replaces a rejected token and runs the calls once more', async () => {
    const source = shelfSource(shelf)
    const keeper = process()
    await keeper.token(source)
    // Somebody authorised the shop elsewhere: our token no longer counts.
    shelf.tokens = 5
    const deps = { ...intakeDeps(database, shelf), token: () => keeper.token(source) }
    const fetched = await keeper.withToken(source, () =>
      source.connector.fetch('orders', 'x', {
        ...deps,
        http: deps.http(source),
        config: {},
        shop: source.shop,
      }),
    )
    expect(fetched).toBeNull()
    expect(await keeper.token(source)).toBe('token-6')
  })

  it('gives up after the second rejection', async () => {
    const source = shelfSource(shelf)
    let calls = 0
    const rejecting = process().withToken(source, async () => {
      calls += 1
      await source.connector.fetch('orders', 'x', {
        ...intakeDeps(database, shelf),
        token: async () => 'never accepted',
        http: { request: () => Promise.reject(new Error('no network')) },
        config: {},
        shop: source.shop,
      })
    })
    await expect(rejecting).rejects.toMatchObject({ code: 'connector_token_rejected' })
    expect(calls).toBe(2)
  })

  it('authorises again when the key of the database was lost', async () => {
    await process().token(shelfSource(shelf))
    const other = createSealer(randomBytes(32).toString('base64'))
    expect(await process(other).token(shelfSource(shelf))).toBe('token-2')
  })

  it('lets the next one try when an authorisation fails', async () => {
    const keeper = process()
    shelf.beforeAuthorize = () => {
      throw new Error('channel down')
    }
    await expect(keeper.token(shelfSource(shelf))).rejects.toThrow('channel down')
    shelf.beforeAuthorize = () => undefined
    expect(await keeper.token(shelfSource(shelf))).toBe('token-1')
  })
})
