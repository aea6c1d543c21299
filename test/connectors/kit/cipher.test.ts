import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decryptAesCbc, encryptAesCbc } from '../../../connectors/kit/cipher/aes-cbc.ts'
import { fromNibbleLetters, toNibbleLetters } from '../../../connectors/kit/cipher/nibble-letters.ts'
import { decryptPush } from '../../../connectors/kit/schemes/kuaishou.ts'
import {
  decryptCtrip,
  decryptMeituanTravel,
  encryptCtrip,
  encryptMeituanTravel,
} from '../../../connectors/kit/schemes/profiles.ts'
import { decryptWechatPush } from '../../../connectors/kit/schemes/wechat.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const text = fc.string({ unit: 'binary', maxLength: 400 }).map((value) => value.toWellFormed())
const wechatKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

describe('ciphers of the channels', () => {
  it('what was encrypted is read again, whatever the bytes, with both key and block sizes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(16, 32),
        fc.constantFrom(16 as const, 32 as const),
        bytes(32),
        (plain, keyLength, block, material) => {
          const rule = { key: material.subarray(0, keyLength), iv: material.subarray(0, 16), block }
          expect(new Uint8Array(decryptAesCbc(encryptAesCbc(plain, rule), rule))).toEqual(
            new Uint8Array(plain),
          )
        },
      ),
    )
  })

  it('Ctrip and Meituan bodies come back as they were written', () => {
    const key = { aesKey: '0123456789abcdef', aesIv: 'fedcba9876543210' }
    fc.assert(
      fc.property(text, (plain) => {
        expect(decryptCtrip(encryptCtrip(plain, key), key)).toBe(plain)
        expect(decryptMeituanTravel(encryptMeituanTravel(plain, key.aesKey), key.aesKey)).toBe(plain)
      }),
    )
  })

  it('letters are pairs of a to p, and nothing else is read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (raw) => {
        const letters = toNibbleLetters(raw)
        expect(letters).toMatch(/^[a-p]*$/)
        expect(new Uint8Array(fromNibbleLetters(letters))).toEqual(new Uint8Array(raw))
      }),
    )
    for (const wrong of ['a', 'aq', 'AB', 'a ', '阿阿'])
      expect(() => fromNibbleLetters(wrong)).toThrow(/a to p/)
  })

  it('garbage is refused with one stable code, never another error and never by accident as a message', () => {
    const attempts = [
      (body: string) => decryptPush(body, 'MDEyMzQ1Njc4OWFiY2RlZg=='),
      (body: string) => decryptCtrip(body, { aesKey: '0123456789abcdef', aesIv: 'fedcba9876543210' }),
      (body: string) => decryptMeituanTravel(body, '0123456789abcdef'),
      (body: string) => decryptWechatPush(body, wechatKey, 'wx1'),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...attempts), fc.string({ maxLength: 120 }), (decrypt, body) => {
        try {
          decrypt(body)
        } catch (error) {
          expect(error).toMatchObject({ retry: 'never' })
          expect(['cipher_invalid', 'push_other_app']).toContain((error as { code: string }).code)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('a WeChat message for another app is refused by name', () => {
    const key = Buffer.from(`${wechatKey}=`, 'base64')
    const message = Buffer.from('{"Event":"x"}')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(message.length)
    const plain = Buffer.concat([Buffer.alloc(16, 1), length, message, Buffer.from('wx-other')])
    const sealed = encryptAesCbc(plain, { key, iv: key.subarray(0, 16), block: 32 }).toString('base64')
    expect(decryptWechatPush(sealed, wechatKey, 'wx-other')).toBe('{"Event":"x"}')
    expect(() => decryptWechatPush(sealed, wechatKey, 'wx-mine')).toThrow(/another app/)
  })
})
