/** How each channel signs its pushes, written apart from the connectors that verify them. */
import { createHash } from 'node:crypto'

type Signer = (raw: Buffer, config: Record<string, string>) => Record<string, string>

export const pushSigners: Readonly<Record<string, Signer>> = {
  /** Nothing beside the body: the samples are encrypted with the key of the sample configuration. */
  kuaishou: () => ({}),
  'douyin-shop': (raw, { appKey = '', appSecret = '' }) => ({
    'app-id': appKey,
    'event-sign': createHash('md5')
      .update(Buffer.concat([Buffer.from(appKey), raw, Buffer.from(appSecret)]))
      .digest('hex'),
  }),
  'wechat-shop': (raw, { pushToken = '' }) => {
    const [timestamp, nonce] = ['1763690455', '397124']
    const encrypt = /"Encrypt":"([^"]*)"/.exec(raw.toString())?.[1] ?? ''
    const sorted = [pushToken, timestamp, nonce, encrypt].sort().join('')
    return { timestamp, nonce, msg_signature: createHash('sha1').update(sorted).digest('hex') }
  },
  // The path the contract test sends to; no query.
  xiaohongshu: (_raw, { appId = '', appSecret = '' }) => {
    const timestamp = '1763690432'
    const signed = `/channels/xiaohongshu?app-key=${appId}&timestamp=${timestamp}${appSecret}`
    return { timestamp, 'app-key': appId, sign: createHash('md5').update(signed).digest('hex') }
  },
  'douyin-life': (raw, { clientSecret = '' }) => ({
    'x-douyin-signature': createHash('sha1')
      .update(Buffer.concat([Buffer.from(clientSecret), raw]))
      .digest('hex'),
  }),
}

/** Their signature stands in the query, not in headers. */
export const signedInQuery: ReadonlySet<string> = new Set(['wechat-shop'])

/** Their signature covers path, query and headers only: the body is believed to name records, never to hold them. */
export const unsignedBodies: ReadonlySet<string> = new Set(['xiaohongshu'])
