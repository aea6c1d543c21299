import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { cardPress, encrypt, event1, event2, type Signed, seal, sign } from './feishu-sealing.ts'

export interface Case {
  name: string
  request: Signed
  /** What has to be in the inbox when it is acknowledged; absent: it has to be refused. */
  kept?: Buffer
}

const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth)
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])

/** Texts nobody should send; as the body, inside the encryption, or unsigned. */
const hostileTexts: Record<string, string | Buffer> = {
  empty: '',
  'one byte': 'x',
  space: ' ',
  null: 'null',
  true: 'true',
  number: '42',
  'huge number': '1e400',
  NaN: 'NaN',
  string: '"text"',
  array: '[]',
  'array of null': '[null]',
  object: '{}',
  'unclosed object': '{"schema":"2.0"',
  'trailing comma': '{"schema":"2.0",}',
  'two documents': '{}{}',
  'depth bomb of arrays': nested('[', ']', 10_000),
  'depth bomb of objects': `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  'unclosed depth bomb': '['.repeat(200_000),
  'prototype pollution': '{"__proto__":{"polluted":true},"schema":"2.0"}',
  constructor: '{"constructor":{"prototype":{"polluted":true}}}',
  'duplicate keys': '{"schema":"1.0","schema":"2.0","schema":"3.0"}',
  BOM: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(event2()))]),
  'UTF-16': utf16(JSON.stringify(event2())),
  'broken UTF-8': Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  'raw NUL': Buffer.from('{"a":"\0"}'),
  'only NUL': Buffer.alloc(64),
  'random bytes': Buffer.from(Buffer.from(randomUUID().repeat(9)).map((b) => b ^ 0xa5)),
  html: '<html><body>502 Bad Gateway</body></html>',
  form: 'a=1&b=2',
  gzip: gzipSync(JSON.stringify(event2())),
  'gzip bomb': gzipSync(Buffer.alloc(20_000_000)),
}

const hostileValues: Record<string, unknown> = {
  null: null,
  'empty text': '',
  NUL: 'a\0b',
  'lone surrogate': 'a\ud800b',
  'very long': 'x'.repeat(100_000),
  array: [],
  object: {},
  number: 7,
  'huge number': 1e308,
  boolean: true,
  'prototype text': '__proto__',
  newline: 'a\nb',
}

const envelopes: Record<string, () => object> = {
  'schema 2.0': () => event2('im.message.receive_v1', { message: { message_id: `om_${randomUUID()}` } }),
  'schema 1.0': () => event1(`I-${randomUUID()}`),
  card: () => cardPress(),
}

const protoWords: Record<string, string> = {
  'schema 2.0': '__proto__',
  'schema 1.0': 'constructor',
  card: 'prototype',
}

/** Every text in every place, every value at every path of every envelope. All ids are fresh. */
export function malformedCorpus(): Case[] {
  return [...signedTexts(), ...sealedTexts(), ...unsignedTexts(), ...brokenSeals(), ...mutatedEnvelopes()]
}

function signedTexts(): Case[] {
  return Object.entries(hostileTexts).flatMap(([name, text]): Case[] => {
    const request = sign(text)
    // An object without `encrypt` is plaintext, and refused as such.
    return isObject(text)
      ? [{ name: `signed: ${name}`, request }]
      : [{ name: `signed: ${name}`, request, kept: Buffer.from(text) }]
  })
}

function sealedTexts(): Case[] {
  return Object.entries(hostileTexts).map(([name, text]) => {
    return { name: `sealed: ${name}`, request: seal(Buffer.from(text)), kept: Buffer.from(text) }
  })
}

function unsignedTexts(): Case[] {
  return Object.entries(hostileTexts).flatMap(([name, text]): Case[] => [
    { name: `unsigned: ${name}`, request: { raw: Buffer.from(text), headers: {} } },
    {
      name: `unsigned but sealed: ${name}`,
      request: { raw: seal(Buffer.from(text)).raw, headers: { 'content-type': 'application/json' } },
    },
  ])
}

function brokenSeals(): Case[] {
  const good = Buffer.from(encrypt(JSON.stringify(event2())), 'base64')
  const badPadding = Buffer.from(good)
  badPadding.writeUInt8(badPadding.readUInt8(good.length - 17) ^ 0xff, good.length - 17)
  const seals: Record<string, unknown> = {
    null: null,
    number: 1,
    array: ['a'],
    object: { a: 1 },
    empty: '',
    'not base64': '!!!!',
    'IV only': good.subarray(0, 16).toString('base64'),
    'half a block': good.subarray(0, 40).toString('base64'),
    'one byte short': good.subarray(0, -1).toString('base64'),
    'bad padding': badPadding.toString('base64'),
    'other key': encrypt(JSON.stringify(event2()), 'another key'),
    'first block lost': good.subarray(16).toString('base64'),
  }
  return Object.entries(seals).map(([name, encrypted]) => {
    const request = sign(JSON.stringify({ encrypt: encrypted }))
    // Losing a block garbles one block of the text; the rest still decrypts, and those bytes are kept.
    return name === 'first block lost'
      ? { name: `seal: ${name}`, request, kept: Buffer.alloc(0) }
      : { name: `seal: ${name}`, request, kept: request.raw }
  })
}

function mutatedEnvelopes(): Case[] {
  return Object.entries(envelopes).flatMap(([schema, make]) =>
    pathsOf(make()).flatMap((path) =>
      [...Object.entries(hostileValues), ['missing', undefined] as const].map(([name, value]): Case => {
        const body = make()
        // As an id it must differ, or it would be a duplicate of the same case in another envelope.
        set(body, path, value === '__proto__' && path.at(-1) !== 'token' ? protoWords[schema] : value)
        const plain = Buffer.from(JSON.stringify(body))
        const request = seal(plain)
        const named = { name: `${schema}: ${path.join('.')} is ${name}`, request }
        const forged = path.at(-1) === 'token' && path.length < 3 && typeof value === 'string'
        return forged && path[0] !== 'event' ? named : { ...named, kept: plain }
      }),
    ),
  )
}

function pathsOf(value: object, before: string[] = []): string[][] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...before, key]
    return typeof inner === 'object' && inner !== null ? [path, ...pathsOf(inner, path)] : [path]
  })
}

function set(target: object, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path
  const holder = target as Record<string, unknown>
  if (rest.length > 0) set(holder[key] as object, rest, value)
  else holder[key] = value
}

function isObject(text: string | Buffer): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(text).toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
