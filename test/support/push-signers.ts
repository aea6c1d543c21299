/** How each channel signs its pushes, written apart from the connectors that verify them. */
import { createHash } from 'node:crypto'

type Signer = (raw: Buffer, config: Record<string, string>) => Record<string, string>

export const pushSigners: Readonly<Record<string, Signer>> = {
  'douyin-shop': (raw, { appKey = '', appSecret = '' }) => ({
    'app-id': appKey,
    'event-sign': createHash('md5')
      .update(Buffer.concat([Buffer.from(appKey), raw, Buffer.from(appSecret)]))
      .digest('hex'),
  }),
}
