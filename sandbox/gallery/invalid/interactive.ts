import { card, type Json, larkMd, options, plain } from '../build.ts'
import { at, cardError, overLimit, type Refused, refused, wrongElement } from './build.ts'

const button = (more: Json): Json => ({ tag: 'button', text: plain('认领'), ...more })
const select = (more: Json): Json => ({ tag: 'select_static', options: options('一'), ...more })

/** Components that people press or fill in, wrongly written. */
export const interactive: readonly Refused[] = [
  wrongElement('button-empty', '按钮没有文字也没有图标', {
    element: { tag: 'button' },
    value: 'button needs text or icon',
  }),
  wrongElement('button-markdown', '按钮文字是 lark_md', {
    element: button({ text: larkMd('x') }),
    value: 'text.tag must be plain_text, got lark_md',
    inside: ['text'],
  }),
  wrongElement('button-type', '未知的按钮类型', {
    element: button({ type: 'success' }),
    value:
      'button.type must be one of default, primary, danger, text, primary_text, danger_text, primary_filled, danger_filled, laser',
  }),
  wrongElement('button-size', '未知的按钮尺寸', {
    element: button({ size: 'big' }),
    value: 'button.size must be one of tiny, small, medium, large',
  }),
  wrongElement('button-url', '1.0 的 url', {
    element: button({ url: 'https://example.com' }),
    value: 'unknown property: url',
  }),
  wrongElement('button-disabled', 'disabled 是字符串', {
    element: button({ disabled: 'true' }),
    value: 'disabled must be a boolean',
  }),
  wrongElement('behavior-type', '未知的交互类型', {
    element: button({ behaviors: [{ type: 'open' }] }),
    value: 'unknown behavior type: open',
    inside: ['behaviors'],
  }),
  wrongElement('behavior-value', '回传没有 value', {
    element: button({ behaviors: [{ type: 'callback' }] }),
    value: 'callback needs a value object',
    inside: ['behaviors'],
  }),
  wrongElement('behavior-url', '链接没有地址', {
    element: button({ behaviors: [{ type: 'open_url', pc_url: 'https://example.com' }] }),
    value: 'open_url needs default_url',
    inside: ['behaviors'],
  }),
  wrongElement('behavior-extra', '交互里的未知属性', {
    element: button({ behaviors: [{ type: 'callback', value: {}, name: 'x' }] }),
    value: 'unknown property: name',
    inside: ['behaviors'],
  }),
  wrongElement('behaviors-object', 'behaviors 是对象', {
    element: button({ behaviors: {} }),
    value: 'behaviors must be an array',
  }),
  wrongElement('confirm-text', '确认框的文字是字符串', {
    element: button({ confirm: { title: '确认', text: plain('x') } }),
    value: 'title must be an object',
    inside: ['confirm'],
  }),
  wrongElement('confirm-empty', '确认框没有正文', {
    element: button({ confirm: { title: plain('确认') } }),
    value: 'confirm.text is required',
    inside: ['confirm'],
  }),
  wrongElement('form-action', '未知的表单动作', {
    element: button({ form_action_type: 'send' }),
    value: 'button.form_action_type must be one of submit, reset',
  }),
  refused('input-length', '输入框超过 1000 个字符', {
    card: card([{ tag: 'input', name: 'a', max_length: 1001 }]),
    msg: overLimit('input max_length over limit 1000'),
  }),
  wrongElement('input-length-zero', '输入框最多 0 个字符', {
    element: { tag: 'input', max_length: 0 },
    value: 'max_length must be a positive integer',
  }),
  wrongElement('input-type', '未知的输入类型', {
    element: { tag: 'input', input_type: 'number' },
    value: 'input.input_type must be one of text, multiline_text, password',
  }),
  wrongElement('placeholder', '占位文字超过 100 个字符', {
    element: { tag: 'input', placeholder: plain('字'.repeat(101)) },
    value: 'placeholder must have at most 100 characters',
  }),
  wrongElement('select-empty', '下拉没有选项', {
    element: { tag: 'select_static' },
    value: 'select_static.options is required',
  }),
  wrongElement('option-value', '选项的值是数字', {
    element: select({ options: [{ text: plain('一'), value: 1 }] }),
    value: 'option.value must be a string',
    inside: ['options'],
  }),
  wrongElement('option-text', '选项没有文字', {
    element: select({ options: [{ value: '1' }] }),
    value: 'text must be an object',
    inside: ['options'],
  }),
  wrongElement('select-type', '未知的下拉样式', {
    element: select({ type: 'bare' }),
    value: 'select_static.type must be one of default, text',
  }),
  wrongElement('select-width', '下拉宽度太小', {
    element: select({ width: '40px' }),
    value: 'width must be default, fill, [100,9999]px',
  }),
  wrongElement('date', '日期格式', {
    element: { tag: 'date_picker', initial_date: '2026/11/22' },
    value: 'initial_date must be YYYY-MM-DD',
  }),
  wrongElement('time', '时间格式', {
    element: { tag: 'picker_time', initial_time: '9:30' },
    value: 'initial_time must be HH:mm',
  }),
  wrongElement('datetime', '日期时间格式', {
    element: { tag: 'picker_datetime', initial_datetime: '2026-11-22T14:00' },
    value: 'initial_datetime must be YYYY-MM-DD HH:mm',
  }),
  refused('select-person', '候选人不存在', {
    card: card([{ tag: 'select_person', options: [{ value: 'ou_nobody' }] }]),
    msg: cardError(100290, [], {
      message: 'There is an invalid user resource(at/person) in your card',
      value: 'ou_nobody',
    }),
  }),
  refused('select-img', '图片选项没有上传过', {
    card: card([{ tag: 'select_img', options: [{ img_key: 'img_nothing', value: 'a' }] }]),
    msg: cardError(200570, [], {
      message: 'card contains invalid image keys',
      value: 'image key img_nothing',
    }),
  }),
  wrongElement('select-img-many', '表单外的图片多选', {
    element: { tag: 'select_img', multi_select: true, options: [] },
    value: 'select_img.multi_select is only supported inside a form',
  }),
  wrongElement('checker-opacity', '透明度超出范围', {
    element: { tag: 'checker', checked_style: { opacity: 2 } },
    value: 'opacity must be a number from 0 to 1',
    inside: ['checked_style'],
  }),
  wrongElement('checker-buttons', '勾选器有四个按钮', {
    element: { tag: 'checker', button_area: { buttons: Array.from({ length: 4 }, () => button({})) } },
    value: 'buttons must have at most 3 items',
    inside: ['button_area'],
  }),
  wrongElement('form-nameless', '表单没有名字', {
    element: { tag: 'form', elements: [] },
    value: 'form.name is required',
  }),
  refused('same-name', '两个表单项同名', {
    card: card([
      {
        tag: 'form',
        name: 'f',
        elements: [
          { tag: 'input', name: 'a' },
          { tag: 'input', name: 'a' },
        ],
      },
    ]),
    msg: cardError(200530, at('form', 'elements', '[1](tag: input)'), {
      message: 'the name of an element is duplicated',
      value: 'a',
    }),
  }),
  wrongElement('container-radius', '圆角不是长度', {
    element: { tag: 'interactive_container', corner_radius: 'round', elements: [] },
    value: 'corner_radius must be in px or %',
  }),
]
