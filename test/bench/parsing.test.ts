import { describe, expect, it } from 'vitest'
import { createFeishuVerifier } from '#src/inbound/feishu-verify.ts'
import { completeAnswer } from '../../bench/ingest/connection.ts'
import { keys, signedRequest } from '../../bench/ingest/signed-event.ts'
import { asOtherOrder } from '../../bench/intake/other-order.ts'
import { flagsOf, sumOf } from '../../bench/kit/world.ts'

describe('the load generator', () => {
  it('knows when an answer has arrived as a whole', () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n'
    expect(completeAnswer(head)).toBeUndefined()
    expect(completeAnswer(`${head}\r\n{`)).toBeUndefined()
    expect(completeAnswer(`${head}\r\n{}`)).toBe(200)
    expect(completeAnswer('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n')).toBe(503)
  })

  it('sends what the product takes for an event of the platform, 1.1 kB', () => {
    const [head = '', body = ''] = signedRequest('/feishu/events').toString().split('\r\n\r\n')
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(': ')),
    )
    const verdict = createFeishuVerifier(keys)({ headers, raw: Buffer.from(body) }, Date.now())
    expect(verdict.kind).toBe('authentic')
    expect(body.length).toBeGreaterThan(1000)
    expect(body.length).toBeLessThan(1300)
  })
})

describe('what is read', () => {
  it('sums a metric over the labels asked for', () => {
    const text = [
      '# HELP calls x',
      'calls{op="a",ok="true"} 2',
      'calls{op="a",ok="false"} 1',
      'calls{op="b"} 4',
      'callsign 9',
    ].join('\n')
    expect(sumOf(text, 'calls', '')).toBe(7)
    expect(sumOf(text, 'calls', 'op="a"')).toBe(3)
    expect(sumOf(text, 'nothing', '')).toBe(0)
  })

  it('starts the product with the flags of npm start', () => {
    expect(flagsOf('node --max-semi-space-size=16 bin/huiliu.mjs start')).toEqual([
      '--max-semi-space-size=16',
    ])
  })

  it('makes another order of a record wherever its number stands', () => {
    const record = {
      order_id: '6932876041925000001',
      sku_order_list: [{ parent: '6932876041925000001', qty: 1 }],
    }
    expect(asOtherOrder(record, 3)).toEqual({
      order_id: '3932876041925000001',
      sku_order_list: [{ parent: '3932876041925000001', qty: 1 }],
    })
  })
})
