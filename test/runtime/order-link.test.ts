import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillTemplate, linkFromTemplate } from '#src/runtime/order-link.ts'
import { anOrder } from '../intake/records.ts'

const order = anOrder({ orderNo: '69 17/ä&x=1', platform: 'douyin', shopId: 'shop-1' })

describe('the link of 查看订单', () => {
  it('puts the order’s number, platform and shop into the template, encoded', () => {
    expect(fillTemplate('https://erp.example/{platform}/{shopId}?no={orderNo}', order)).toBe(
      'https://erp.example/douyin/shop-1?no=69%2017%2F%C3%A4%26x%3D1',
    )
  })

  it('leaves names it does not know as they are', () => {
    expect(fillTemplate('https://x.example/{orderNo}/{nobody}', anOrder())).toContain('/{nobody}')
  })

  it('reads one template per device', () => {
    const template =
      'https://a.example/{orderNo} pc=https://pc.example/{orderNo}  ios=erp://o/{orderNo} android=erp2://o'
    expect(linkFromTemplate(template, anOrder({ orderNo: '1' }))).toEqual({
      url: 'https://a.example/1',
      pcUrl: 'https://pc.example/1',
      iosUrl: 'erp://o/1',
      androidUrl: 'erp2://o',
    })
  })

  it.each([
    '',
    '   ',
    '见 ERP',
    'erp.example/{orderNo}',
    'javascript:alert(1)',
    'ios=erp://o/{orderNo}',
    'data:text/html,x',
  ])('is not made of "%s": the channel’s own back office is used instead', (template) => {
    expect(linkFromTemplate(template, anOrder())).toBeUndefined()
  })

  it('leaves out a device whose part is no address or a script', () => {
    const template = 'https://a.example pc=erp://x ios=javascript:alert(1) android=data:x'
    expect(linkFromTemplate(template, anOrder())).toEqual({ url: 'https://a.example' })
  })

  it('never lets an order’s number break out of its place', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (orderNo) => {
        const filled = new URL(
          fillTemplate('https://erp.example/o/{orderNo}?a=1', anOrder({ orderNo: orderNo.toWellFormed() })),
        )
        expect(filled.host).toBe('erp.example')
        expect(filled.search).toBe('?a=1')
      }),
    )
  })
})
