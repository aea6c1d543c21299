import {
  button,
  buttonRow,
  calls,
  card,
  column,
  columns,
  type ExhibitGroup,
  header,
  type Json,
  md,
  options,
  plain,
} from '../build.ts'

const submit = (more: Json = {}): Json => ({
  tag: 'button',
  name: 'submit',
  text: plain('提交'),
  type: 'primary_filled',
  form_action_type: 'submit',
  behaviors: [calls({ action: 'submit' })],
  ...more,
})
const reset: Json = { tag: 'button', name: 'reset', text: plain('重置'), form_action_type: 'reset' }

export const forms: ExhibitGroup = {
  id: 'form',
  title: '表单',
  exhibits: ({ people, images }) => [
    {
      id: 'form-every-field',
      title: '每一种表单项',
      shows: '输入、选择、人员、日期、时间、图片、勾选，一次提交',
      card: card(
        [
          {
            tag: 'form',
            name: 'every',
            elements: [
              {
                tag: 'input',
                name: 'note',
                label: plain('备注'),
                placeholder: plain('请输入'),
                width: 'fill',
                max_length: 100,
              },
              {
                tag: 'select_static',
                name: 'why',
                placeholder: plain('原因'),
                options: options('改期', '取消'),
              },
              {
                tag: 'multi_select_static',
                name: 'tags',
                placeholder: plain('标签'),
                options: options('加急', '大额'),
              },
              {
                tag: 'select_person',
                name: 'owner',
                placeholder: plain('负责人'),
                options: people.map((value) => ({ value })),
              },
              {
                tag: 'multi_select_person',
                name: 'helpers',
                placeholder: plain('协助'),
                options: people.map((value) => ({ value })),
              },
              { tag: 'date_picker', name: 'day', placeholder: plain('日期') },
              { tag: 'picker_time', name: 'time', placeholder: plain('时间') },
              { tag: 'picker_datetime', name: 'moment', placeholder: plain('日期与时间') },
              {
                tag: 'select_img',
                name: 'cover',
                can_preview: false,
                options: images.slice(0, 2).map((img_key, n) => ({ img_key, value: `p${n + 1}` })),
              },
              { tag: 'checker', name: 'agreed', text: plain('我已核对') },
              buttonRow(submit(), reset),
            ],
          },
        ],
        { header: header('改期登记', 'green') },
      ),
    },
    {
      id: 'form-required',
      title: '必填项',
      shows: '没填时提示在表单项下，不会提交',
      card: card([
        {
          tag: 'form',
          name: 'required_form',
          elements: [
            {
              tag: 'input',
              name: 'reason',
              label: plain('驳回原因'),
              required: true,
              input_type: 'multiline_text',
              rows: 2,
              width: 'fill',
            },
            {
              tag: 'select_static',
              name: 'kind',
              required: true,
              placeholder: plain('类型（必选）'),
              options: options('价格', '库存'),
            },
            submit({ confirm: { title: plain('提交驳回？'), text: plain('客人会收到通知') } }),
          ],
        },
      ]),
    },
    {
      id: 'form-columns',
      title: '表单里的分栏',
      shows: '两列的表单项，多选图片',
      card: card([
        {
          tag: 'form',
          name: 'column_form',
          elements: [
            columns([
              column([
                md('**入住**'),
                { tag: 'date_picker', name: 'start', initial_date: '2026-12-01', width: 'fill' },
              ]),
              column([
                md('**离店**'),
                { tag: 'date_picker', name: 'end', initial_date: '2026-12-05', width: 'fill' },
              ]),
            ]),
            {
              tag: 'select_img',
              name: 'rooms',
              multi_select: true,
              layout: 'trisect',
              options: images.slice(0, 3).map((img_key, n) => ({ img_key, value: `room${n + 1}` })),
            },
            buttonRow(submit(), reset),
          ],
        },
      ]),
    },
    {
      id: 'form-horizontal',
      title: '横向表单',
      shows: 'form.direction horizontal',
      card: card([
        {
          tag: 'form',
          name: 'row_form',
          direction: 'horizontal',
          horizontal_spacing: '8px',
          vertical_align: 'center',
          elements: [
            { tag: 'input', name: 'quick', placeholder: plain('一句话备注') },
            submit(),
            button('取消', 'text', { name: 'cancel' }),
          ],
        },
      ]),
    },
  ],
}
