import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecOf, normalValue } from '#src/bitable/codec/index.ts'
import {
  checkbox,
  date,
  type FieldDef,
  group,
  link,
  money,
  multiSelect,
  number,
  person,
  phone,
  select,
  text,
} from '#src/contracts/table.ts'
import { DataError } from '#src/errors.ts'

const place = { table: '订单', key: 'O1' }
const fields = {
  text: text('备注'),
  number: number('数量'),
  money: money('金额'),
  select: select('状态', ['待付款', '已完成']),
  multiSelect: multiSelect('标签', ['急', '贵']),
  date: date('时间'),
  checkbox: checkbox('核对'),
  person: person('跟进人'),
  phone: phone('电话'),
  link: link('网页'),
  group: group('群'),
}
type Kind = keyof typeof fields
const byId = new Map([
  ['optA', '待付款'],
  ['optB', '急'],
  ['optC', '贵'],
])

/** Our value, what is written, and every shape it is read back in (create echo, search, batch_get, events). */
const golden: {
  kind: Kind
  ours: unknown
  wire: unknown
  reads: unknown[]
  events: [string, string[]?][]
}[] = [
  {
    kind: 'text',
    ours: '客户 12',
    wire: '客户 12',
    reads: [
      '客户 12',
      [
        { type: 'text', text: '客户 ' },
        { type: 'mention', text: '12' },
      ],
      [{ type: 'url', text: '客户 12', link: 'x' }],
    ],
    events: [['[{"type":"text","text":"客户 12"}]'], ['客户 12'], ['"客户 12"']],
  },
  { kind: 'number', ours: 2.5, wire: 2.5, reads: [2.5, '2.5'], events: [['2.5'], ['"2.5"']] },
  { kind: 'money', ours: 12_345, wire: 123.45, reads: [123.45, '123.45'], events: [['123.45']] },
  { kind: 'money', ours: -1, wire: -0.01, reads: [-0.01], events: [['-0.01']] },
  {
    kind: 'select',
    ours: '待付款',
    wire: '待付款',
    reads: ['待付款', ['待付款']],
    events: [['optA'], ['"optA"'], ['["optA"]'], ['待付款']],
  },
  {
    kind: 'multiSelect',
    ours: ['急', '贵'],
    wire: ['急', '贵'],
    reads: [['急', '贵']],
    events: [['["optB","optC"]'], ['["急","贵"]']],
  },
  {
    kind: 'date',
    ours: 1_795_000_000_000,
    wire: 1_795_000_000_000,
    reads: [1_795_000_000_000],
    events: [['1795000000000']],
  },
  { kind: 'checkbox', ours: true, wire: true, reads: [true], events: [['true']] },
  {
    kind: 'person',
    ours: 'ou_a1',
    wire: [{ id: 'ou_a1' }],
    reads: [[{ id: 'ou_a1', name: '林' }]],
    events: [['', ['ou_a1']], ['[{"id":"ou_a1"}]']],
  },
  {
    kind: 'phone',
    ours: '+8613800000000',
    wire: '+8613800000000',
    reads: ['+8613800000000'],
    events: [['+8613800000000']],
  },
  {
    kind: 'link',
    ours: { text: '看', url: 'https://a.example/1' },
    wire: { text: '看', link: 'https://a.example/1' },
    reads: [{ text: '看', link: 'https://a.example/1' }],
    events: [['{"text":"看","link":"https://a.example/1"}']],
  },
  {
    kind: 'group',
    ours: 'oc_g1',
    wire: [{ id: 'oc_g1' }],
    reads: [[{ id: 'oc_g1', name: '群' }]],
    events: [['[{"id":"oc_g1"}]']],
  },
]

describe('values on their way to Feishu and back', () => {
  test.each(golden)('$kind $ours keeps its meaning in every shape', ({ kind, ours, wire, reads, events }) => {
    const codec = codecOf(fields[kind].type)
    expect(normalValue(fields[kind], ours, place)).toEqual(ours)
    expect(codec.toWire(ours, new Map())).toEqual(wire)
    for (const read of reads) expect(codec.same(codec.fromWire(read), ours)).toBe(true)
    for (const [eventText, people] of events) {
      expect(codec.same(codec.fromEvent(eventText, { optionsById: byId, people: people ?? [] }), ours)).toBe(
        true,
      )
    }
  })

  test.each(Object.keys(fields) as Kind[])('an empty %s is empty in every shape', (kind) => {
    const codec = codecOf(fields[kind].type)
    for (const empty of [null, undefined]) {
      expect(normalValue(fields[kind], empty, place)).toBeUndefined()
      expect(codec.fromWire(empty)).toBeUndefined()
    }
    expect(codec.fromWire([])).toBeUndefined()
    expect(codec.fromEvent('', { optionsById: byId, people: [] })).toBeUndefined()
  })

  const refused: [Kind, unknown][] = [
    ['text', 5],
    ['number', Number.NaN],
    ['number', '5'],
    ['money', 1.5],
    ['money', 10 ** 15],
    ['select', '未知状态'],
    ['select', '已完成 '],
    ['multiSelect', ['急', '慢']],
    ['multiSelect', '急'],
    ['date', 1.5],
    ['date', '2026-11-21'],
    ['checkbox', 'true'],
    ['person', '张三'],
    ['person', 'oc_1'],
    ['phone', '138****0000'],
    ['phone', '138 0000 0000'],
    ['link', { text: '看', url: 'not an address' }],
    ['link', 'https://a.example'],
    ['group', 'ou_1'],
  ]
  test.each(refused)('a %s that is %j is refused, naming table, row, column and form', (kind, value) => {
    try {
      normalValue(fields[kind], value, place)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(DataError)
      const { code, message, context } = error as DataError
      expect(code).toBe('bitable_value_invalid')
      expect(message).toContain(`Table 订单, row O1, column ${fields[kind].name}`)
      expect(context.expected).toBeTypeOf('string')
    }
  })

  test('fen and yuan convert exactly over the whole range', () => {
    const codec = codecOf('money')
    const maxFen = 999_999_999_999_999
    fc.assert(
      fc.property(fc.integer({ min: -maxFen, max: maxFen }), (fen) => {
        expect(codec.fromWire(codec.toWire(fen, new Map()))).toBe(fen + 0)
        expect(codec.fromWire(JSON.parse(JSON.stringify(codec.toWire(fen, new Map()))))).toBe(fen + 0)
      }),
    )
  })

  test('any text survives, except what cannot be stored; it is cut at 100,000 characters', () => {
    const def: FieldDef = fields.text
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const normal = normalValue(def, value, place)
        const codec = codecOf('text')
        expect(String(normal ?? '')).not.toContain('\0')
        expect(codec.same(codec.fromWire([{ type: 'text', text: normal ?? '' }]), normal)).toBe(true)
        expect(
          codec.same(
            codec.fromEvent(JSON.stringify([{ type: 'text', text: normal ?? '' }]), {
              optionsById: byId,
              people: [],
            }),
            normal,
          ),
        ).toBe(true)
      }),
    )
    expect(normalValue(def, '汇'.repeat(100_005), place)).toHaveLength(100_000)
    expect(String(normalValue(def, `${'汇'.repeat(99_999)}😀`, place)).isWellFormed()).toBe(true)
    expect(normalValue(def, 'a\ud800b', place)).toBe('a\ufffdb')
  })

  test('whatever comes back, reading never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (wire, eventText) => {
        for (const field of Object.values(fields)) {
          codecOf(field.type).fromWire(wire)
          codecOf(field.type).fromEvent(eventText, { optionsById: byId, people: [] })
          codecOf(field.type).fromEvent(JSON.stringify(wire), { optionsById: byId, people: [] })
        }
      }),
    )
  })
})
