/** What every connector of the registry must do, proved on the records in its samples folder. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { order, refund } from '#src/contracts/canonical.ts'
import type { AnyConnector, PushRequest } from '#src/contracts/connector.ts'
import { connectors } from '../../connectors/index.ts'
import { readJson } from '../../connectors/kit/read-json.ts'
import { pushSigners, signedInQuery, unsignedBodies } from '../support/push-signers.ts'

const root = new URL('../../connectors/', import.meta.url)
const schemas = { orders: order, refunds: refund }
const shop = { id: 'shop-a', name: '示例店铺' }

function samplesOf(connector: AnyConnector, prefix: string): { name: string; text: string }[] {
  const folder = new URL(`${connector.id}/samples/`, root)
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${prefix}.`))
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
}

function configOf(connector: AnyConnector): Record<string, string> {
  const text = readFileSync(new URL(`${connector.id}/samples/config.json`, root), 'utf8')
  return connector.config.parse(readJson(text))
}

/** Nothing is pulled: records are handed in. */
const isGiven = (connector: AnyConnector) => connector.accept !== undefined || connector.sheets !== undefined

/** Every object and list of a record, so that each can be damaged in turn. */
function membersOf(value: unknown): Record<string, unknown>[] {
  if (value === null || typeof value !== 'object') return []
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(membersOf)]
}

describe('the registry', () => {
  it('lists every connector folder once, under its own name', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
      .map((entry) => entry.name)
    expect(connectors.map((connector) => connector.id).sort()).toEqual(folders.sort())
  })
})

describe.each(connectors.map((connector) => [connector.id, connector] as const))('%s', (_id, connector) => {
  it('names itself, its platform and the hosts it calls', () => {
    expect(connector.label).toMatch(/\p{Script=Han}/u)
    expect(connector.platform).toMatch(/^[a-z][a-z0-9-]*$/)
    for (const host of connector.hosts(configOf(connector))) expect(host).toMatch(/^[a-z0-9.-]+(:\d+)?$/)
  })

  it('refuses an empty configuration by naming what is missing', () => {
    const parsed = connector.config.safeParse({})
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues.length).toBeGreaterThan(0)
  })

  // What is handed to a connector is read like what it pulls.
  const kinds = (['orders', 'refunds'] as const).filter(
    (kind) => connector.resources[kind] !== undefined || isGiven(connector),
  )
  describe.each(kinds)('%s', (kind) => {
    const context = { shop, config: configOf(connector) }
    const samples = samplesOf(connector, kind)

    it('has samples, and a plan where it is pulled', () => {
      const plan = connector.resources[kind]
      expect(samples.length).toBeGreaterThan(0)
      if (isGiven(connector) && plan === undefined) return
      expect(plan?.maxWindowMs).toBeGreaterThan(plan?.overlapMs ?? 0)
      expect(plan?.lookbackMs).toBeGreaterThanOrEqual(plan?.maxWindowMs ?? 0)
    })

    it.each(samples.map((sample) => [sample.name, sample.text] as const))(
      'normalizes %s to the canonical shape, the same each time',
      (_name, text) => {
        const record = connector.normalize(kind, readJson(text), context)
        expect(schemas[kind].parse(record)).toEqual(record)
        expect(record.shopId).toBe(shop.id)
        expect(connector.normalize(kind, readJson(text), context)).toEqual(record)
      },
    )

    it('never throws anything but an error that names the path, whatever is missing or mistyped', () => {
      for (const { text } of samples) {
        const count = membersOf(readJson(text)).length
        for (let index = 0; index < count; index += 1) {
          for (const damage of [undefined, null, {}, [], 'x', -1, 1.5]) {
            const record = readJson(text)
            const member = membersOf(record)[index] ?? {}
            for (const key of Object.keys(member)) {
              const kept = member[key]
              member[key] = damage
              try {
                const normal = connector.normalize(kind, record, context)
                expect(schemas[kind].safeParse(normal).error).toBeUndefined()
              } catch (error) {
                expect(error).toMatchObject({ name: 'DataError', context: { path: expect.any(String) } })
              }
              member[key] = kept
            }
          }
        }
      }
    })

    it.each([null, undefined, 1, 'x', [], {}])('refuses %j as a record', (record) => {
      expect(() => connector.normalize(kind, record, context)).toThrow(
        expect.objectContaining({ name: 'DataError' }),
      )
    })
  })

  const { push } = connector
  if (push === undefined) return
  describe('pushes', () => {
    const config = configOf(connector)
    const request = (raw: Buffer, headers: Record<string, string>): PushRequest => ({
      ...{ raw, headers, path: `/channels/${connector.id}` },
      query: signedInQuery.has(connector.id) ? headers : {},
    })
    const sign = pushSigners[connector.id] ?? (() => ({}))
    const samples = samplesOf(connector, 'push')

    it('has samples and a signer to test with', () => {
      expect(samples.length).toBeGreaterThan(0)
      expect(pushSigners[connector.id]).toBeDefined()
    })

    it.each(samples.map((sample) => [sample.name, Buffer.from(sample.text)] as const))(
      'accepts %s as signed and says what changed',
      (_name, raw) => {
        const signed = request(raw, sign(raw, config))
        expect(push.verify(signed, config)).toEqual({ ok: true })
        const inbound = push.parse(signed, config)
        expect(inbound.length).toBeGreaterThan(0)
        expect(new Set(inbound.map((one) => one.dedupeKey)).size).toBe(inbound.length)
        expect(push.reply({ ok: true }).status).toBe(200)
      },
    )

    it.each(samples.map((sample) => [sample.name, Buffer.from(sample.text)] as const))(
      'refuses %s with any byte changed, cut off or added, and with any other signature',
      (_name, raw) => {
        const headers = sign(raw, config)
        const isBodySigned = !unsignedBodies.has(connector.id)
        for (let at = 0; isBodySigned && at < raw.length; at += 1) {
          const tampered = Buffer.from(raw)
          tampered[at] = (tampered[at] ?? 0) ^ (1 << (at % 8))
          expect(push.verify(request(tampered, headers), config).ok).toBe(false)
          expect(push.verify(request(raw.subarray(0, at), headers), config).ok).toBe(false)
        }
        const longer = request(Buffer.concat([raw, Buffer.from(' ')]), headers)
        expect(push.verify(longer, config).ok).toBe(!isBodySigned)
        // A body that opens with our key alone is its own signature.
        if (Object.keys(headers).length > 0) expect(push.verify(request(raw, {}), config).ok).toBe(false)
        for (const [name, value] of Object.entries<string>(headers)) {
          for (const wrong of ['', `${value}0`, value.slice(1), '0'.repeat(value.length)]) {
            expect(push.verify(request(raw, { ...headers, [name]: wrong }), config).ok).toBe(false)
          }
        }
        expect(push.reply({ ok: false, reason: 'x' }).status).toBeGreaterThanOrEqual(400)
      },
    )

    it.each(['', 'null', '{}', '[1]', '[{}]', '[{"tag":"100"}]', '\u0000', '['.repeat(5000)])(
      'throws a DataError for authentic but unreadable bytes %j',
      (text) => {
        const raw = Buffer.from(text)
        expect(() => push.parse(request(raw, sign(raw, config)), config)).toThrow(
          expect.objectContaining({ name: 'DataError' }),
        )
      },
    )
  })
})
