/** Douyin life's signature of messages, from the platform's side. */
import { createHash } from 'node:crypto'

export function pushSignature(clientSecret: string, body: Buffer): string {
  return createHash('sha1').update(clientSecret).update(body).digest('hex')
}
