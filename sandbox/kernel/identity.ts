import { randomBytes, randomUUID } from 'node:crypto'
import type { AppIdentity } from './types.ts'

/** A new world's app. Secrets are truly random: a seed makes the story repeatable, not the keys guessable. */
export function createIdentity(): AppIdentity {
  return {
    worldId: randomUUID(),
    appId: `cli_${randomBytes(8).toString('hex')}`,
    appSecret: randomBytes(16).toString('hex'),
    encryptKey: randomBytes(16).toString('hex'),
    verificationToken: randomBytes(16).toString('hex'),
    tenantKey: randomBytes(8).toString('hex'),
    botOpenId: `ou_${randomBytes(16).toString('hex')}`,
    botName: '汇流助手',
  }
}
