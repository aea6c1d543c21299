import { card, columns, type Json, larkMd, md, plain } from '../build.ts'
import { at, cardError, type Refused, refused, wrongElement } from './build.ts'

const nobody = 'ou_nobody'
const person = (id: string, title: string, element: Json) =>
  refused(id, title, {
    card: card([element]),
    msg: cardError(100290, [], {
      message: 'There is an invalid user resource(at/person) in your card',
      value: nobody,
    }),
  })
const image = (id: string, title: string, element: Json) =>
  refused(id, title, {
    card: card([element]),
    msg: cardError(200570, [], {
      message: 'card contains invalid image keys',
      value: 'image key img_nothing',
    }),
  })
const table = (more: Json): Json => ({ tag: 'table', columns: [{ name: 'a', data_type: 'number' }], ...more })

/** Components that show something, wrongly written. */
export const content: readonly Refused[] = [
  wrongElement('markdown-number', '内容是数字', {
    element: { tag: 'markdown', content: 5 },
    value: 'content must be a string',
  }),
  wrongElement('markdown-empty', '富文本没有内容', {
    element: { tag: 'markdown' },
    value: 'markdown.content is required',
  }),
  wrongElement('markdown-href', '2.0 去掉了 href 变量', {
    element: md('[a]($url)', { href: {} }),
    value: 'unknown property: href',
  }),
  wrongElement('markdown-align', '未知的对齐', {
    element: md('x', { text_align: 'justify' }),
    value: 'markdown.text_align must be one of left, center, right',
  }),
  wrongElement('div-empty', '普通文本什么都没有', {
    element: { tag: 'div' },
    value: 'div needs text or fields',
  }),
  wrongElement('div-text-tag', '普通文本里放 markdown', {
    element: { tag: 'div', text: md('x') },
    value: 'text.tag must be plain_text or lark_md, got markdown',
    inside: ['text'],
  }),
  wrongElement('div-field', '双列文本的未知属性', {
    element: { tag: 'div', fields: [{ text: larkMd('x'), short: true }] },
    value: 'unknown property: short',
    inside: ['fields'],
  }),
  wrongElement('text-property', '文本对象的未知属性', {
    element: { tag: 'div', text: plain('x', { color: 'red' }) },
    value: 'unknown property: color',
    inside: ['text'],
  }),
  wrongElement('hr-property', '分割线没有颜色', {
    element: { tag: 'hr', color: 'red' },
    value: 'unknown property: color',
  }),
  wrongElement('icon-token', '图标没有 token', {
    element: md('x', { icon: { tag: 'standard_icon' } }),
    value: 'icon must be a standard_icon with a token or a custom_icon with an img_key',
    inside: ['icon'],
  }),
  person('person-unknown', '没有这个人', { tag: 'person', user_id: nobody }),
  person('person-list-unknown', '人员列表里没有这个人', { tag: 'person_list', persons: [{ id: nobody }] }),
  person('at-unknown', '@ 了不存在的人', md(`<at id=${nobody}></at>`)),
  person('person-tag-unknown', 'person 标签里没有这个人', md(`<person id='${nobody}'></person>`)),
  wrongElement('person-size', '未知的头像大小', {
    element: { tag: 'person', user_id: 'x', size: 'huge' },
    value: 'person.size must be one of extra_small, small, medium, large',
  }),
  image('img-unknown', '没有上传过的图片', { tag: 'img', img_key: 'img_nothing' }),
  image('combination-unknown', '混排里没有上传过的图片', {
    tag: 'img_combination',
    combination_mode: 'double',
    img_list: [{ img_key: 'img_nothing' }],
  }),
  image(
    'icon-unknown',
    '图标用了没有上传过的图片',
    md('x', { icon: { tag: 'custom_icon', img_key: 'img_nothing' } }),
  ),
  wrongElement('img-scale', '未知的裁剪方式', {
    element: { tag: 'img', img_key: 'x', scale_type: 'zoom' },
    value: 'img.scale_type must be one of crop_center, crop_top, fit_horizontal',
  }),
  wrongElement('combination-mode', '未知的混排方式', {
    element: { tag: 'img_combination', combination_mode: 'quad', img_list: [] },
    value: 'img_combination.combination_mode must be one of double, triple, bisect, trisect',
  }),
  refused('chart-type', '图表没有类型', {
    card: card([{ tag: 'chart', chart_spec: {} }]),
    msg: cardError(200550, at('chart'), {
      message: 'chart spec is invalid',
      value: '- (root): type is required\n',
    }),
  }),
  wrongElement('chart-ratio', '未知的图表比例', {
    element: { tag: 'chart', chart_spec: { type: 'pie' }, aspect_ratio: '3:2' },
    value: 'chart.aspect_ratio must be one of 1:1, 2:1, 4:3, 16:9',
  }),
  wrongElement('table-page', '每页十一行', {
    element: table({ page_size: 11 }),
    value: 'page_size must be 1 to 10',
  }),
  wrongElement('table-row-height', '行高超出范围', {
    element: table({ row_height: '20px' }),
    value: 'row_height must be low, middle, high, auto, [32,124]px',
  }),
  wrongElement('table-header', '表头样式的未知属性', {
    element: table({ header_style: { color: 'red' } }),
    value: 'unknown property: color',
    inside: ['header_style'],
  }),
  wrongElement('table-type', '未知的列类型', {
    element: { tag: 'table', columns: [{ name: 'a', data_type: 'money' }] },
    value: 'unknown data_type: money',
    inside: ['columns'],
  }),
  wrongElement('table-column-name', '列没有名字', {
    element: { tag: 'table', columns: [{ display_name: '店铺' }] },
    value: 'column needs a name',
    inside: ['columns'],
  }),
  wrongElement('table-column-twice', '两列同名', {
    element: { tag: 'table', columns: [{ name: 'a' }, { name: 'a' }] },
    value: 'column name is duplicated: a',
    inside: ['columns'],
  }),
  wrongElement('table-51', '五十一列', {
    element: { tag: 'table', columns: Array.from({ length: 51 }, (_, n) => ({ name: `c${n}` })) },
    value: 'at most 50 columns',
  }),
  wrongElement('table-width', '列宽超出范围', {
    element: { tag: 'table', columns: [{ name: 'a', width: '20px' }] },
    value: 'width must be auto, [80,600]px or [1,100]%',
    inside: ['columns'],
  }),
  wrongElement('table-precision', '小数位数超出范围', {
    element: { tag: 'table', columns: [{ name: 'a', data_type: 'number', format: { precision: 11 } }] },
    value: 'precision must be an integer from 0 to 10',
    inside: ['columns', 'format'],
  }),
  refused('table-row-list', '行是数组', {
    card: card([table({ rows: [[]] })]),
    msg: cardError(200914, at('table'), {
      message: 'table rows are invalid',
      value: 'row must be an object',
    }),
  }),
  refused('table-cell', '数字列里放文字', {
    card: card([table({ rows: [{ a: '4' }] })]),
    msg: cardError(200915, at('table'), {
      message: 'table rows are invalid',
      value: 'column a is not number',
    }),
  }),
  wrongElement('flex-mode', '未知的自适应方式', {
    element: columns([], 'wrap'),
    value: 'column_set.flex_mode must be one of none, stretch, flow, bisect, trisect',
  }),
  wrongElement('weight', '比重超出范围', {
    element: columns([{ tag: 'column', weight: 9, elements: [] }]),
    value: 'weight must be an integer from 1 to 5',
    inside: ['columns', '[0](tag: column)'],
  }),
  wrongElement('spacing', '未知的间距', {
    element: columns([], 'none', { horizontal_spacing: 'huge' }),
    value: 'horizontal_spacing must be small, medium, large, extra_large, [0,99]px',
  }),
  wrongElement('panel-padding', '面板标题的内边距是双值', {
    element: { tag: 'collapsible_panel', header: { title: plain('x'), padding: '4px 8px' }, elements: [] },
    value: 'invalid panel header padding',
  }),
  wrongElement('panel-angle', '图标角度', {
    element: { tag: 'collapsible_panel', header: { icon_expanded_angle: 45 }, elements: [] },
    value: 'header.icon_expanded_angle must be one of -180, -90, 90, 180',
    inside: ['header'],
  }),
]
