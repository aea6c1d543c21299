import { button, card, column, columns, type Json, md, plain } from '../build.ts'
import { at, cardError, overLimit, type Refused, refused, unreadable, wrongElement } from './build.ts'

const table: Json = { tag: 'table', columns: [], rows: [] }

function nested(levels: number): Json {
  const inner = levels === 1 ? md('最里面') : nested(levels - 1)
  return { tag: 'interactive_container', elements: [inner] }
}

const deepPath = [
  'body',
  'elements',
  ...Array.from({ length: 5 }, () => ['[0](tag: interactive_container)', 'elements']).flat(),
]

/** What is wrong with the whole: skeleton, tags, limits. */
export const structure: readonly Refused[] = [
  {
    id: 'not-json',
    title: '不是 JSON',
    content: '{"schema":',
    code: 230001,
    msg: 'Your request contains an invalid request parameter. ext=content is not a string in json format',
  },
  {
    id: 'too-long',
    title: '超过 30 KB',
    content: JSON.stringify(card([md('长'.repeat(10_500))])),
    code: 230025,
    msg: 'The length of the message content reaches its limit.',
  },
  refused('schema-3', 'schema 不是 2.0', {
    card: { schema: '3.0' },
    msg: unreadable([], 'schema must be "2.0", got "3.0"'),
  }),
  refused('schema-number', 'schema 是数字', {
    card: { schema: 2 },
    msg: unreadable([], 'schema must be "2.0", got 2'),
  }),
  refused('root-elements', '2.0 的 elements 放在根上', {
    card: { schema: '2.0', elements: [] },
    msg: unreadable([], 'unknown property: elements'),
  }),
  refused('body-list', 'body 是数组', {
    card: { schema: '2.0', body: [] },
    msg: unreadable([], 'body must be an object'),
  }),
  refused('elements-object', 'elements 是对象', {
    card: { schema: '2.0', body: { elements: {} } },
    msg: unreadable(['body', 'elements'], 'elements must be an array'),
  }),
  refused('element-text', '元素是字符串', {
    card: card(['正文' as unknown as Json]),
    msg: unreadable(['body', 'elements', '[0]'], 'element must be an object'),
  }),
  refused('update-multi', '独享卡片', {
    card: card([], { config: { update_multi: false } }),
    msg: unreadable(['config'], 'update_multi must be true in schema 2.0'),
  }),
  refused('config-unknown', '2.0 里没有 wide_screen_mode', {
    card: card([], { config: { wide_screen_mode: true } }),
    msg: unreadable(['config'], 'unknown property: wide_screen_mode'),
  }),
  refused('width-mode', '未知的宽度模式', {
    card: card([], { config: { width_mode: 'wide' } }),
    msg: unreadable(['config'], 'unknown width_mode: wide'),
  }),
  refused('locale', '未知的语言', {
    card: card([], { config: { locales: ['zh'] } }),
    msg: unreadable(
      ['config'],
      'config.locales must be one of zh_cn, en_us, zh_hk, zh_tw, ja_jp, id_id, vi_vn, th_th, pt_br, es_es, ko_kr, de_de, fr_fr, it_it, ru_ru, ms_my',
    ),
  }),
  refused('template', '未知的标题主题', {
    card: card([], { header: { title: plain('x'), template: 'pink' } }),
    msg: unreadable(['header'], 'unknown template: pink'),
  }),
  refused('header-title', '标题区没有标题', {
    card: card([], { header: { template: 'blue' } }),
    msg: unreadable(['header'], 'header.title is required'),
  }),
  refused('header-title-tag', '标题的 tag 错误', {
    card: card([], { header: { title: md('x') } }),
    msg: unreadable(['header', 'title'], 'title.tag must be plain_text or lark_md, got markdown'),
  }),
  refused('header-tag', '后缀标签没有文字', {
    card: card([], { header: { title: plain('x'), text_tag_list: [{ tag: 'text_tag' }] } }),
    msg: unreadable(['header', 'text_tag_list'], 'text_tag_list.text is required'),
  }),
  refused('card-link', 'card_link 里的未知属性', {
    card: card([], { card_link: { href: 'https://example.com' } }),
    msg: unreadable(['card_link'], 'unknown property: href'),
  }),
  refused('body-padding', '内边距是负数', {
    card: card([], { body: { padding: '-4px' } }),
    msg: unreadable(['body'], 'padding must be one to four values in [0,99]px'),
  }),
  refused('body-direction', '未知的方向', {
    card: card([], { body: { direction: 'diagonal' } }),
    msg: unreadable(['body'], 'body.direction must be one of vertical, horizontal'),
  }),
  ...['note', 'action'].map((tag) =>
    refused(`removed-${tag}`, `2.0 去掉了 ${tag}`, {
      card: card([{ tag, elements: [] }]),
      msg: cardError(200861, at(tag), {
        message: 'cards of schema V2 no longer support this capability',
        value: `unsupported tag ${tag}`,
      }),
    }),
  ),
  wrongElement('unknown-tag', '没有这种组件', {
    element: { tag: 'blink' },
    value: 'type of element is not supported tag: blink',
  }),
  wrongElement('prototype-tag', '名字像对象方法的组件', {
    element: { tag: 'constructor' },
    value: 'type of element is not supported tag: constructor',
  }),
  wrongElement('column-alone', '列不在分栏里', {
    element: column([]),
    value: 'type of element is not supported tag: column',
  }),
  refused('table-in-column', '表格放在分栏里', {
    card: card([columns([column([table])])]),
    msg: unreadable(
      at('column_set', 'columns', '[0](tag: column)', 'elements', '[0](tag: table)'),
      'type of element is not supported tag: table',
    ),
  }),
  refused('form-in-panel', '表单放在折叠面板里', {
    card: card([{ tag: 'collapsible_panel', elements: [{ tag: 'form', name: 'f', elements: [] }] }]),
    msg: unreadable(
      at('collapsible_panel', 'elements', '[0](tag: form)'),
      'type of element is not supported tag: form',
    ),
  }),
  refused('nested-six', '容器嵌套六层', {
    card: card([nested(6)]),
    msg: unreadable(
      [...deepPath, '[0](tag: interactive_container)'],
      'containers are nested more than 5 levels',
    ),
  }),
  refused('six-tables', '六个表格', {
    card: card(Array.from({ length: 6 }, () => table)),
    msg: overLimit('card table number over limit'),
  }),
  refused('too-many', '201 个组件', {
    card: card(Array.from({ length: 201 }, () => md('x'))),
    msg: overLimit('element exceeds the limit'),
  }),
  refused('too-many-texts', '按钮上的文字也算组件', {
    card: card(Array.from({ length: 101 }, () => button('x'))),
    msg: overLimit('element exceeds the limit'),
  }),
  refused('same-id', '重复的 element_id', {
    card: card([md('一', { element_id: 'a' }), md('二', { element_id: 'a' })]),
    msg: cardError(300301, ['body', 'elements', '[1](tag: markdown)'], {
      message: 'element_id is duplicated',
      value: 'a',
    }),
  }),
  wrongElement('bad-id', 'element_id 有短横', {
    element: md('x', { element_id: 'a-b' }),
    value: 'invalid element_id: a-b',
  }),
  wrongElement('long-id', 'element_id 超过 20 个字符', {
    element: md('x', { element_id: 'a23456789012345678901' }),
    value: 'invalid element_id: a23456789012345678901',
  }),
  wrongElement('margin', '外边距超出范围', {
    element: md('x', { margin: '120px' }),
    value: 'margin must be one to four values in [-99,99]px',
  }),
  refused('template-card', '不存在的卡片模板', {
    card: { type: 'template', data: { template_id: 'AAqabc' } },
    msg: cardError(200380, [], {
      message: 'template does not exist, please confirm whether this template has been released',
      value: 'templateID: AAqabc',
    }),
  }),
]
