/** What is stored of people: what the platform masked, never what could identify them or be turned into money. */
import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { AnyConnector } from '#src/contracts/connector.ts'
import { readPage } from '#src/intake/read-page.ts'
import { storeRecords } from '#src/intake/store.ts'
import { connectors } from '../../connectors/index.ts'
import { maskedWords } from '../../connectors/kit/masked-words.ts'
import { readJson } from '../../connectors/kit/read-json.ts'
import { useDatabase } from '../support/database.ts'

const root = new URL('../../connectors/', import.meta.url)
const shop = { id: 'shop-a', name: '示例店铺' }
const at = 1_790_000_000_000
const readSample = (connector: AnyConnector, name: string) =>
  readJson(readFileSync(new URL(`${connector.id}/samples/${name}`, root), 'utf8'))

const samples = connectors.flatMap((connector) =>
  readdirSync(new URL(`${connector.id}/samples/`, root))
    .filter((name) => /^(orders|refunds)\./.test(name))
    .map((name) => {
      const kind = name.startsWith('orders') ? ('orders' as const) : ('refunds' as const)
      return { name: `${connector.id} ${name}`, connector, kind, record: readSample(connector, name) }
    }),
)

/** Everything a platform could send about a person, at the top and inside lists. */
const person = {
  encrypt_post_tel: '#CANARY#',
  encrypt_post_receiver: '#CANARY#',
  encrypt_detail: '#CANARY#',
  encryptedMobile: '#CANARY#',
  post_tel: '13900001111CANARY',
  post_receiver: 'CANARY 张三',
  post_addr: { detail: 'CANARY 路 1 号', encrypt_detail: '#CANARY#' },
  receiver_address: 'CANARY 路 1 号',
  receiver_phone: '0571-CANARY',
  id_card_no: '33010119900101CANARY',
  user_mobile: 'CANARY',
  email: 'CANARY@example.com',
}
const words = '请打 13912345678 或 +86 139-1234-5678，身份证 330101199001011234'

function enriched(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(enriched)
  if (typeof value !== 'object' || value === null) return value
  const inside = Object.entries(value).map(([name, one]) => [name, enriched(one)])
  return { ...Object.fromEntries(inside), ...person }
}

describe.each(samples.map((one) => [one.name, one] as const))('%s', (_name, { connector, kind, record }) => {
  const config = connector.config.parse(readSample(connector, 'config.json'))
  const normalize = (one: unknown) => connector.normalize(kind, one, { shop, config })

  test('means the same after its personal data went', () => {
    expect(normalize(connector.scrub(record))).toEqual(normalize(record))
    expect(connector.scrub(connector.scrub(record))).toEqual(connector.scrub(record))
  })

  test('keeps nothing of a person the platform should not have sent', () => {
    const kept = connector.scrub(enriched(record))
    expect(JSON.stringify(kept)).not.toContain('CANARY')
    expect(normalize(kept)).toEqual(normalize(record))
  })
})

const database = useDatabase()
const everything = async () =>
  (await database.pool.query<{ text: string }>('select payload::text as text from raw_records')).rows
    .map((row) => row.text)
    .join('\n')

test('Readable or not, nothing of a person or a voucher code reaches the database', async () => {
  for (const { connector, kind, record } of samples) {
    const config = connector.config.parse(readSample(connector, 'config.json'))
    const source = { shop: { ...shop, connector: connector.id }, connector, config }
    const whole = enriched(record) as object
    const broken = {
      ...whole,
      ...Object.fromEntries(Object.keys(record as object).map((name) => [name, [{}]])),
      ...person,
    }
    const raws = [
      whole,
      broken,
      enriched({ receiver_name: 'CANARY 李四', receiver_mobile: '13900002222', buyer_words: words }),
    ]
    const page = readPage(source as never, raws, { kind, isHistory: () => false })
    // What is written for us (a delivery, a sheet) is refused with anything in it that we do not know.
    const readable = connector.accept === undefined && connector.sheets === undefined ? 1 : 0
    expect(page.records.length).toBe(readable)
    expect(page.unreadable.length).toBe(3 - readable)
    const request = { connector, shop, kind, ...page, at, roleOf: () => connector.role }
    await database.db.transaction((tx) => storeRecords(tx, request as never))
  }
  const text = await everything()
  expect(text).not.toMatch(/CANARY(?! 李|..)/)
  expect(text).not.toContain('880011223344')
  expect(text).not.toMatch(/1390000\d{4}|13912345678|330101199001011234/)
  const { rows } = await database.db.execute(sql`select doc::text as doc from orders`)
  expect(JSON.stringify(rows)).not.toContain('CANARY')
})

test('Hostile nesting is stored to a depth that ends', () => {
  let deep: unknown = 'end'
  for (let depth = 0; depth < 5_000; depth += 1) deep = { a: deep }
  for (const connector of connectors) {
    expect(JSON.stringify(connector.scrub(deep)).length).toBeLessThan(1_000)
    const odd = JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": "x", "toString": 1, "a": {"hasOwnProperty": 2}}',
    )
    expect(JSON.stringify(connector.scrub(odd))).toBe(
      '{"constructor":"x","toString":1,"a":{"hasOwnProperty":2}}',
    )
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    for (const odd of [null, undefined, 1, 'x', [], [[null]], { __proto__: null }]) connector.scrub(odd)
  }
})

test.each([
  [words, '请打 139****5678 或 +86 139****5678，身份证 330***********1234'],
  [
    '订单 6917000000000000001 运单 YT8800112233445 金额 13900',
    '订单 6917000000000000001 运单 YT8800112233445 金额 13900',
  ],
  ['13912345678139', '13912345678139'],
  ['', ''],
])('Numbers that people wrote are masked, other numbers stay: %s', (text, kept) => {
  expect(maskedWords(text)).toBe(kept)
  expect(maskedWords(maskedWords(text))).toBe(kept)
})
