/** Decides, from raw bytes alone, whether a request really comes from Feishu. Never throws. */
import { createHash, type KeyObject } from 'node:crypto'
import { sameBytes, sameText } from './constant-time.ts'
import { cipherKey, decryptEvent } from './feishu-cipher.ts'

export interface FeishuKeys {
  encryptKey: string
  verificationToken: string
}

export interface FeishuRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>
  raw: Buffer
}

export type FeishuRefusal = 'signature' | 'unsigned' | 'plaintext' | 'token' | 'expired' | 'future'

export type FeishuVerdict =
  /** The console checks our address: echo it. */
  | { kind: 'challenge'; challenge: string }
  /** `stale`: signed more than 5 minutes ago; only good when its event was never seen. `plain`: decrypted bytes. */
  | { kind: 'authentic'; plain: Buffer; body: unknown; stale: boolean }
  /** Signed with our key, but nobody can read it: keep the bytes. */
  | { kind: 'unreadable'; bytes: Buffer; reason: string; stale: boolean }
  | { kind: 'refused'; reason: FeishuRefusal }

export type FeishuVerifier = (request: FeishuRequest, nowMs: number) => FeishuVerdict

const freshMs = 5 * 60_000
/** A re-push (the last comes after about 6 h) may carry its first timestamp. Feishu docs: 事件订阅 重试. */
const oldestMs = 24 * 3_600_000
/** An unsigned body is only looked at for an address check, and that is small. */
const maxUnsignedBytes = 4096

/**
 * Signature: hex sha256 of timestamp, nonce, Encrypt Key and the raw bytes (Feishu docs: 校验事件来源). Then
 * decryption, the verification token inside, and the age of the timestamp.
 */
export function createFeishuVerifier(keys: FeishuKeys): FeishuVerifier {
  const key = cipherKey(keys.encryptKey)
  return (request, nowMs) => {
    const stamp = stampOf(request)
    if (stamp === 'unsigned') return addressCheck(request.raw, key, keys.verificationToken)
    if (stamp === 'malformed' || !isSigned(stamp, request.raw, keys.encryptKey)) return refused('signature')
    const ageMs = nowMs - stamp.atMs
    if (ageMs < -freshMs) return refused('future')
    if (ageMs >= oldestMs) return refused('expired')
    return open(request.raw, { key, token: keys.verificationToken, stale: ageMs > freshMs })
  }
}

interface Stamp {
  timestamp: string
  nonce: string
  signature: Buffer
  atMs: number
}

function stampOf(request: FeishuRequest): Stamp | 'unsigned' | 'malformed' {
  const timestamp = request.headers['x-lark-request-timestamp']
  const nonce = request.headers['x-lark-request-nonce']
  const signature = request.headers['x-lark-signature']
  if (timestamp === undefined && nonce === undefined && signature === undefined) return 'unsigned'
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string')
    return 'malformed'
  if (!/^\d{1,11}$/.test(timestamp) || !/^[0-9a-fA-F]{64}$/.test(signature)) return 'malformed'
  return { timestamp, nonce, signature: Buffer.from(signature, 'hex'), atMs: Number(timestamp) * 1000 }
}

function isSigned(stamp: Stamp, raw: Buffer, encryptKey: string): boolean {
  const expected = createHash('sha256')
    .update(stamp.timestamp + stamp.nonce + encryptKey)
    .update(raw)
    .digest()
  return sameBytes(expected, stamp.signature)
}

function open(raw: Buffer, rule: { key: KeyObject; token: string; stale: boolean }): FeishuVerdict {
  const unreadable = (bytes: Buffer, reason: string): FeishuVerdict => {
    return { kind: 'unreadable', bytes, reason, stale: rule.stale }
  }
  const outer = readJson(raw)
  if (outer === undefined) return unreadable(raw, 'the body is not JSON')
  if (!isObject(outer)) return unreadable(raw, 'the body is not a JSON object')
  if (!('encrypt' in outer)) return refused('plaintext')
  if (typeof outer.encrypt !== 'string') return unreadable(raw, 'encrypt: not text')
  const plain = decryptEvent(outer.encrypt, rule.key)
  if (plain === undefined) return unreadable(raw, 'encrypt: cannot be decrypted with the Encrypt Key')
  const body = readJson(plain)
  if (body === undefined) return unreadable(plain, 'the decrypted body is not JSON')
  const token = tokenIn(body)
  if (token !== undefined && !sameText(token, rule.token)) return refused('token')
  const challenge = challengeIn(body, rule.token)
  if (challenge !== undefined) return { kind: 'challenge', challenge }
  return { kind: 'authentic', plain, body, stale: rule.stale }
}

/** Saving the request URL in the console may come unsigned: its proof is the encryption and the token inside. */
function addressCheck(raw: Buffer, key: KeyObject, token: string): FeishuVerdict {
  if (raw.length > maxUnsignedBytes) return refused('unsigned')
  const outer = readJson(raw)
  if (!isObject(outer)) return refused('unsigned')
  if (typeof outer.encrypt !== 'string') return refused('plaintext' in outer ? 'unsigned' : 'plaintext')
  const plain = decryptEvent(outer.encrypt, key)
  const challenge = plain === undefined ? undefined : challengeIn(readJson(plain), token)
  return challenge === undefined ? refused('unsigned') : { kind: 'challenge', challenge }
}

function challengeIn(body: unknown, token: string): string | undefined {
  if (!isObject(body) || body.type !== 'url_verification') return undefined
  if (typeof body.challenge !== 'string' || typeof body.token !== 'string') return undefined
  return sameText(body.token, token) ? body.challenge : undefined
}

/** `header.token` (schema 2.0) or `token` (schema 1.0); undefined when there is none, which zod reports later. */
function tokenIn(body: unknown): string | undefined {
  if (!isObject(body)) return undefined
  const holder = isObject(body.header) ? body.header : body
  return typeof holder.token === 'string' ? holder.token : undefined
}

const refused = (reason: FeishuRefusal): FeishuVerdict => ({ kind: 'refused', reason })

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
