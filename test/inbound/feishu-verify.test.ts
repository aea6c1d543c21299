import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFeishuVerifier } from '#src/inbound/feishu-verify.ts'
import { encrypt, event1, event2, keys, nowMs, type Signed, seal, sign } from './feishu-sealing.ts'

const verify = createFeishuVerifier(keys)
const judge = (request: Signed, at = nowMs) => verify(request, at)
const minute = 60_000

describe('the Feishu verifier', () => {
  it('opens what the platform sealed, in both schemas', () => {
    for (const body of [event2(), event1('I1')]) {
      const verdict = judge(seal(body))
      expect(verdict).toMatchObject({ kind: 'authentic', stale: false, body })
    }
  })

  it('signs raw bytes, so spaces, key order and escapes of the sender do not matter', () => {
    const sealed = encrypt(JSON.stringify(event2())).replaceAll('/', '\\/')
    expect(judge(sign(`{ "extra" : 1,\n\t"encrypt" :  "${sealed}" }`)).kind).toBe('authentic')
  })

  it('refuses another key, a missing or malformed header, and an unsigned event', () => {
    const good = seal(event2())
    const wrongKey = sign(good.raw, { encryptKey: 'other' })
    expect(judge(wrongKey)).toEqual({ kind: 'refused', reason: 'signature' })
    expect(judge({ raw: good.raw, headers: {} })).toEqual({ kind: 'refused', reason: 'unsigned' })
    for (const name of ['x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature']) {
      const { [name]: _dropped, ...headers } = good.headers
      expect(judge({ raw: good.raw, headers })).toEqual({ kind: 'refused', reason: 'signature' })
    }
    for (const signature of ['', 'zz', 'ab'.repeat(31), `${'ab'.repeat(32)}00`, 'é'.repeat(64)]) {
      const headers = { ...good.headers, 'x-lark-signature': signature }
      expect(judge({ raw: good.raw, headers })).toEqual({ kind: 'refused', reason: 'signature' })
    }
  })

  it('refuses plaintext even when it is signed', () => {
    expect(judge(sign(JSON.stringify(event2())))).toEqual({ kind: 'refused', reason: 'plaintext' })
    expect(judge({ raw: Buffer.from(JSON.stringify(event2())), headers: {} })).toEqual({
      kind: 'refused',
      reason: 'plaintext',
    })
  })

  it('compares the verification token inside', () => {
    const forged = event2()
    forged.header.token = 'another'
    expect(judge(seal(forged))).toEqual({ kind: 'refused', reason: 'token' })
    expect(judge(seal({ ...event1('I1'), token: 'another' }))).toEqual({ kind: 'refused', reason: 'token' })
  })

  it('marks a timestamp older than 5 minutes, and refuses 24 hours or the future', () => {
    const at = (ageMs: number) => judge(seal(event2(), { atMs: nowMs - ageMs }))
    expect(at(5 * minute)).toMatchObject({ kind: 'authentic', stale: false })
    expect(at(6 * minute)).toMatchObject({ kind: 'authentic', stale: true })
    expect(at(24 * 60 * minute - 1000)).toMatchObject({ kind: 'authentic', stale: true })
    expect(at(24 * 60 * minute)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(at(-5 * minute)).toMatchObject({ kind: 'authentic' })
    expect(at(-5 * minute - 1000)).toEqual({ kind: 'refused', reason: 'future' })
  })

  it('echoes the address check, signed or not, only with the right key and token', () => {
    const challenge = { challenge: 'abc', token: keys.verificationToken, type: 'url_verification' }
    const unsigned = (body: object) => ({ raw: Buffer.from(JSON.stringify(body)), headers: {} })
    expect(judge(seal(challenge))).toEqual({ kind: 'challenge', challenge: 'abc' })
    expect(judge(unsigned({ encrypt: encrypt(JSON.stringify(challenge)) }))).toEqual({
      kind: 'challenge',
      challenge: 'abc',
    })
    const wrongToken = JSON.stringify({ ...challenge, token: 'x' })
    expect(judge(unsigned({ encrypt: encrypt(wrongToken) })).kind).toBe('refused')
    expect(judge(unsigned({ encrypt: encrypt(JSON.stringify(challenge), 'other') })).kind).toBe('refused')
    expect(judge(unsigned(challenge)).kind).toBe('refused')
    expect(judge(unsigned({ encrypt: encrypt(JSON.stringify(event2())) })).kind).toBe('refused')
  })

  it('keeps the bytes of signed bodies that cannot be decrypted or read', () => {
    const ivOnly = Buffer.alloc(16).toString('base64')
    const bodies = ['', 'null', '[]', '7', '{"encrypt":null}', `{"encrypt":"${ivOnly}"}`]
    for (const body of [...bodies, JSON.stringify({ encrypt: encrypt('{}', 'other') })]) {
      const verdict = judge(sign(body))
      expect(verdict.kind, body).toBe('unreadable')
    }
    expect(judge(seal('not json'))).toMatchObject({ kind: 'unreadable', bytes: Buffer.from('not json') })
    expect(judge(seal('null'))).toMatchObject({ kind: 'authentic', body: null })
  })

  it('refuses every single flipped bit of a signed request', () => {
    const good = seal(event2())
    fc.assert(
      fc.property(fc.nat(good.raw.length - 1), fc.nat(7), (at, bit) => {
        const raw = Buffer.from(good.raw)
        raw.writeUInt8(raw.readUInt8(at) ^ (1 << bit), at)
        expect(judge({ raw, headers: good.headers })).toEqual({ kind: 'refused', reason: 'signature' })
      }),
      { numRuns: 1000 },
    )
  })

  it('refuses a changed timestamp, nonce or signature', () => {
    const good = seal(event2())
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(good.headers).slice(1)), fc.string(), (name, value) => {
        fc.pre(good.headers[name] !== value)
        const verdict = judge({ raw: good.raw, headers: { ...good.headers, [name]: value } })
        expect(verdict.kind).toBe('refused')
      }),
      { numRuns: 500 },
    )
  })

  it('never throws, whatever bytes and headers arrive, signed or not', () => {
    const anyHeader = fc.option(fc.oneof(fc.string(), fc.array(fc.string())), { nil: undefined })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), anyHeader, anyHeader, (bytes, timestamp, signature) => {
        const raw = Buffer.from(bytes)
        const headers = { 'x-lark-request-timestamp': timestamp, 'x-lark-signature': signature }
        expect(verify({ raw, headers }, nowMs).kind).toBe('refused')
        expect(judge(sign(raw)).kind).toMatch(/unreadable|refused/)
        expect(judge(seal(raw)).kind).toMatch(/unreadable|authentic/)
      }),
      { numRuns: 1000 },
    )
  })
})
