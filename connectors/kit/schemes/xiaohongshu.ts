import { signJoinedPairs } from '../sign/joined-pairs.ts'
import type { Parameters } from '../sign/parameter-text.ts'

const md5 = { hash: 'md5', encoding: 'hex' } as const

/** Signature of a Xiaohongshu call: only method, appId, timestamp (s) and version. Xiaohongshu docs: 签名算法. */
export function signXiaohongshu(
  call: { method: string; appId: string; timestamp: string; version: string },
  appSecret: string,
): string {
  const { method, appId, timestamp, version } = call
  return signJoinedPairs({ appId, timestamp, version }, appSecret, { ...md5, prefix: `${method}?` })
}

/** Signature of a push: path, query and the headers timestamp and app-key; the body is not signed. */
export function signXiaohongshuPush(
  push: { path: string; query: Parameters; headers: Parameters },
  appSecret: string,
): string {
  return signJoinedPairs({ ...push.query, ...push.headers }, appSecret, { ...md5, prefix: `${push.path}?` })
}
