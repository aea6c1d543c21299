import { describe, expect, it } from 'vitest'
import { CardProblem, problemText, validateCard } from '../../sandbox/feishu/im/card-validator/index.ts'
import { tagRules } from '../../sandbox/feishu/im/card-validator/tags.ts'

const known = { image: (key: string) => key === 'img_1', person: (id: string) => id === 'ou_1' }
const plain = (content: string) => ({ tag: 'plain_text', content })
const withBody = (...elements: unknown[]) => ({ schema: '2.0', body: { elements } })
const md = (content = '正文') => ({ tag: 'markdown', content })

function problemOf(card: unknown): string {
  try {
    validateCard(card, known)
  } catch (error) {
    if (error instanceof CardProblem) return problemText(error)
    throw error
  }
  return 'fine'
}

const full = {
  schema: '2.0',
  config: { update_multi: true, enable_forward: false, summary: { content: '新订单' }, width_mode: 'fill' },
  card_link: { url: 'https://example.com', pc_url: 'https://example.com/pc' },
  header: {
    title: plain('新订单'),
    subtitle: plain('海岛假期'),
    template: 'blue',
    icon: { tag: 'standard_icon', token: 'calendar_colorful' },
    text_tag_list: [{ tag: 'text_tag', text: plain('待跟进'), color: 'orange' }],
  },
  body: {
    direction: 'vertical',
    padding: '12px',
    elements: [
      { tag: 'div', fields: [{ is_short: true, text: { tag: 'lark_md', content: '**金额**\n¥4,299.00' } }] },
      md('交给 <at id=ou_1></at>'),
      {
        tag: 'column_set',
        flex_mode: 'bisect',
        columns: [{ tag: 'column', width: 'weighted', weight: 1, elements: [md()] }],
      },
      { tag: 'hr', element_id: 'line_1', margin: '4px 0px' },
      { tag: 'collapsible_panel', header: { title: plain('更多'), padding: '8px' }, elements: [md()] },
      {
        tag: 'interactive_container',
        behaviors: [{ type: 'open_url', default_url: 'https://example.com' }],
        elements: [md()],
      },
      {
        tag: 'button',
        text: plain('认领'),
        type: 'primary',
        name: 'claim',
        behaviors: [
          { type: 'callback', value: { action: 'claim' } },
          { type: 'open_url', default_url: 'https://example.com', pc_url: 'https://example.com/pc' },
        ],
        confirm: { title: plain('认领？'), text: plain('认领后由你跟进') },
      },
      {
        tag: 'form',
        name: 'reason',
        elements: [
          { tag: 'input', name: 'note', required: true, max_length: 200, placeholder: plain('备注') },
          { tag: 'select_static', name: 'why', options: [{ text: plain('客户取消'), value: 'cancel' }] },
          { tag: 'button', name: 'send', text: plain('提交'), form_action_type: 'submit' },
        ],
      },
      {
        tag: 'table',
        page_size: 5,
        columns: [
          { name: 'shop', display_name: '店铺', data_type: 'text' },
          {
            name: 'amount',
            display_name: '金额',
            data_type: 'number',
            format: { symbol: '¥', precision: 2 },
          },
        ],
        rows: [{ shop: '海岛假期', amount: 4299 }],
      },
      { tag: 'chart', chart_spec: { type: 'line', data: { values: [] } }, aspect_ratio: '16:9' },
      { tag: 'img', img_key: 'img_1', alt: plain('图') },
      { tag: 'person_list', persons: [{ id: 'ou_1' }] },
    ],
  },
}

describe('a good card', () => {
  it('passes with every kind of component', () => {
    expect(problemOf(full)).toBe('fine')
  })

  it('may have a form field without a name: only the client minds, when the form is submitted', () => {
    expect(problemOf(withBody({ tag: 'form', name: 'f', elements: [{ tag: 'input' }] }))).toBe('fine')
  })

  it('may be empty, or JSON 1.0 with things 1.0 ignores', () => {
    expect(problemOf({})).toBe('fine')
    expect(problemOf({ elements: [{ tag: 'note', whatever: 1 }], nonsense: true })).toBe('fine')
  })
})

describe('a bad card', () => {
  it('is refused in the words callers parse', () => {
    expect(problemOf(withBody(md(), { tag: 'note', elements: [] }))).toBe(
      'Failed to create card content, ext=ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [1](tag: note); ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag note; ',
    )
    expect(problemOf(withBody(...Array.from({ length: 201 }, () => md())))).toBe(
      'Failed to create card content, ext=ErrCode: 11310; ErrMsg: element exceeds the limit; code:230099',
    )
  })

  it.each<[string, unknown, string]>([
    ['another schema', { schema: '3.0' }, '200621'],
    ['an unknown root property', { schema: '2.0', elements: [] }, 'unknown property: elements'],
    ['an exclusive card', { schema: '2.0', config: { update_multi: false } }, '200621'],
    [
      'an unknown header colour',
      { schema: '2.0', header: { title: plain('x'), template: 'pink' } },
      '200621',
    ],
    ['the old action row', withBody({ tag: 'action', actions: [] }), '200861'],
    ['a tag nobody knows', withBody({ tag: 'blink' }), 'type of element is not supported tag: blink'],
    [
      'a tag named like an object method',
      withBody({ tag: 'constructor' }),
      'type of element is not supported',
    ],
    [
      'a property the component lacks',
      withBody({ tag: 'column_set', columns: [{ tag: 'column', corner_radius: '4px', elements: [] }] }),
      'unknown property: corner_radius',
    ],
    [
      'a table inside a column',
      withBody({
        tag: 'column_set',
        columns: [{ tag: 'column', elements: [{ tag: 'table', columns: [] }] }],
      }),
      'not supported tag: table',
    ],
    [
      'a form inside a panel',
      withBody({ tag: 'collapsible_panel', elements: [{ tag: 'form', name: 'f', elements: [] }] }),
      'not supported tag: form',
    ],
    ['a column outside a column set', withBody({ tag: 'column', elements: [] }), 'not supported tag: column'],
    [
      'a sixth table',
      withBody(...Array.from({ length: 6 }, () => ({ tag: 'table', columns: [] }))),
      'table number over limit',
    ],
    ['an element id with a dash', withBody({ ...md(), element_id: 'a-b' }), 'invalid element_id'],
    [
      'an element id used twice',
      withBody({ ...md(), element_id: 'a' }, { ...md(), element_id: 'a' }),
      '300301',
    ],
    [
      'a name used twice',
      withBody({
        tag: 'form',
        name: 'f',
        elements: [
          { tag: 'input', name: 'a' },
          { tag: 'input', name: 'a' },
        ],
      }),
      '200530',
    ],
    ['a person nobody knows', withBody({ tag: 'person', user_id: 'ou_2' }), '100290'],
    ['an @ of somebody nobody knows', withBody(md('<at id=ou_2></at>')), '100290'],
    ['an image nobody uploaded', withBody({ tag: 'img', img_key: 'img_2' }), '200570'],
    ['a chart without a type', withBody({ tag: 'chart', chart_spec: {} }), '200550'],
    [
      'a table cell of another type',
      withBody({ tag: 'table', columns: [{ name: 'a', data_type: 'number' }], rows: [{ a: '4' }] }),
      '200915',
    ],
    [
      'a table row that is a list',
      withBody({ tag: 'table', columns: [{ name: 'a' }], rows: [[]] }),
      '200914',
    ],
    ['a table page of eleven', withBody({ tag: 'table', page_size: 11, columns: [] }), 'page_size'],
    [
      'a button with markdown on it',
      withBody({ tag: 'button', text: { tag: 'lark_md', content: 'x' } }),
      '200621',
    ],
    [
      'a callback without a value',
      withBody({ tag: 'button', text: plain('x'), behaviors: [{ type: 'callback' }] }),
      'callback needs a value',
    ],
    [
      'a link without an address',
      withBody({ tag: 'button', text: plain('x'), behaviors: [{ type: 'open_url' }] }),
      'default_url',
    ],
    ['an input of 1001 characters', withBody({ tag: 'input', name: 'a', max_length: 1001 }), '11310'],
    [
      'panel padding of two values',
      withBody({ tag: 'collapsible_panel', header: { title: plain('x'), padding: '4px 8px' }, elements: [] }),
      'invalid panel header padding',
    ],
    ['text that is a number', withBody({ tag: 'markdown', content: 5 }), 'content must be a string'],
    ['elements that are no list', { schema: '2.0', body: { elements: {} } }, 'elements must be an array'],
  ])('is refused for %s', (_what, card, expected) => {
    expect(problemOf(card)).toContain(expected)
  })

  it('is refused when containers are nested too deep', () => {
    let inner: unknown = md()
    for (let i = 0; i < 6; i++) inner = { tag: 'interactive_container', elements: [inner] }
    expect(problemOf(withBody(inner))).toContain('nested more than 5')
  })

  it('counts nested texts as elements', () => {
    const buttons = Array.from({ length: 101 }, (_, n) => ({ tag: 'button', text: plain(String(n)) }))
    expect(problemOf(withBody(...buttons))).toContain('element exceeds the limit')
  })
})

describe('every property of every component', () => {
  const needed: Record<string, unknown> = {
    text: plain('x'),
    content: 'x',
    options: [],
    elements: [],
    name: 'n',
    columns: [],
    chart_spec: { type: 'bar' },
    img_key: 'img_1',
    img_list: [],
    combination_mode: 'double',
    user_id: 'ou_1',
    persons: [],
  }
  const alwaysText = ['div', 'button']
  const element = (tag: string, property: string, value: unknown) => {
    const names = [...(tagRules[tag]?.required ?? []), ...(alwaysText.includes(tag) ? ['text'] : [])]
    const base = Object.fromEntries(names.map((name) => [name, needed[name]]))
    const one = { tag, ...base, [property]: value }
    return tag === 'column' ? { tag: 'column_set', columns: [one] } : one
  }
  const properties = Object.entries(tagRules).flatMap(([tag, rule]) =>
    ['element_id', 'margin', ...Object.keys(rule.properties)].map((property) => [tag, property] as const),
  )

  it('is refused with a number that it is not made for', () => {
    const accepted = properties.filter(
      ([tag, property]) => problemOf(withBody(element(tag, property, 12.5))) === 'fine',
    )
    expect(accepted).toEqual([])
  })

  it('is refused with an object that it does not know; only what an app sends to itself is its own matter', () => {
    const accepted = properties.filter(
      ([tag, property]) => problemOf(withBody(element(tag, property, { nonsense: true }))) === 'fine',
    )
    expect(accepted.filter(([, property]) => property !== 'value')).toEqual([])
  })

  it('is refused with a list of lists', () => {
    const accepted = properties.filter(
      ([tag, property]) => problemOf(withBody(element(tag, property, [[1]]))) === 'fine',
    )
    expect(accepted).toEqual([])
  })
})
