import {
  button,
  buttonRow,
  calls,
  card,
  type ExhibitGroup,
  icon,
  type Json,
  larkMd,
  options,
  plain,
} from '../build.ts'

const call = { behaviors: [calls({ from: 'gallery' })] }
const picker = (tag: string, name: string, more: Json = {}): Json => ({
  tag,
  name,
  placeholder: plain('请选择'),
  ...call,
  ...more,
})

export const inputs: ExhibitGroup = {
  id: 'input',
  title: '输入与选择',
  exhibits: ({ people, images }) => [
    {
      id: 'input-kinds',
      title: '输入框',
      shows: '单行、多行、密码、默认值、字数、标签位置、禁用',
      card: card([
        { tag: 'input', name: 'note', placeholder: plain('回车发送'), max_length: 50, ...call },
        {
          tag: 'input',
          name: 'reason',
          label: plain('原因'),
          input_type: 'multiline_text',
          rows: 3,
          max_length: 200,
          width: 'fill',
          ...call,
        },
        {
          tag: 'input',
          name: 'secret',
          label: plain('口令'),
          label_position: 'left',
          input_type: 'password',
          ...call,
        },
        { tag: 'input', name: 'fixed', default_value: '已填好', disabled: true, ...call },
      ]),
    },
    {
      id: 'select-static',
      title: '下拉选择',
      shows: '占位、初始值、图标、无边框、禁用、很多选项可搜索',
      card: card([
        picker('select_static', 'why', { options: options('客户取消', '重复下单', '行程变更') }),
        picker('select_static', 'picked', { initial_option: '2', options: options('海岛假期', '山野民宿') }),
        picker('select_static', 'iconed', {
          options: [
            { text: plain('电话'), value: 'phone', icon: icon('phone_outlined', 'green') },
            { text: plain('微信'), value: 'chat', icon: icon('chat_outlined', 'blue') },
          ],
        }),
        picker('select_static', 'bare', {
          type: 'text',
          initial_index: 1,
          options: options('无边框', '另一个'),
        }),
        picker('select_static', 'dead', { disabled: true, options: options('不可选') }),
        picker('select_static', 'many', {
          width: 'fill',
          options: options(...Array.from({ length: 24 }, (_, n) => `选项 ${n + 1}`)),
        }),
      ]),
    },
    {
      id: 'multi-select',
      title: '多选下拉',
      shows: '多个值、初始值，确定后回传',
      card: card([
        picker('multi_select_static', 'tags', { options: options('加急', '大额', '老客户', '有小孩') }),
        picker('multi_select_static', 'chosen', {
          width: 'fill',
          selected_values: ['1', '3'],
          options: options('周一', '周二', '周三'),
        }),
      ]),
    },
    {
      id: 'select-person',
      title: '选择人员',
      shows: '指定候选人、初始值、多选、不指定时是群成员',
      card: card([
        picker('select_person', 'owner', { options: people.slice(0, 3).map((value) => ({ value })) }),
        picker('select_person', 'known', {
          initial_option: people[0],
          options: people.slice(0, 3).map((value) => ({ value })),
        }),
        picker('multi_select_person', 'helpers', { options: people.map((value) => ({ value })) }),
        picker('select_person', 'anyone'),
      ]),
    },
    {
      id: 'pickers',
      title: '日期与时间',
      shows: 'date_picker、picker_time、picker_datetime，有无初始值',
      card: card([
        picker('date_picker', 'day', { placeholder: plain('选择日期') }),
        picker('date_picker', 'fixed_day', { initial_date: '2026-11-22' }),
        picker('picker_time', 'time', { initial_time: '09:30' }),
        picker('picker_datetime', 'moment', { initial_datetime: '2026-11-22 14:00', width: 'fill' }),
      ]),
    },
    {
      id: 'overflow',
      title: '折叠按钮组',
      shows: '三个点后面的更多操作：回传、链接、图标',
      card: card([
        {
          tag: 'overflow',
          options: [
            { text: plain('转交他人'), value: 'transfer', icon: icon('forward_outlined') },
            { text: plain('打开订单'), multi_url: { url: 'https://example.com/o/1' } },
            { text: plain('标记无效'), value: 'void' },
          ],
          value: { post: 'p1' },
        },
      ]),
    },
    {
      id: 'checker',
      title: '勾选器',
      shows: '初始状态、划线、透明度、行尾按钮、禁用',
      card: card([
        { tag: 'checker', name: 'task1', text: larkMd('核对出行人 [名单](https://example.com)'), ...call },
        {
          tag: 'checker',
          name: 'task2',
          checked: true,
          text: plain('已寄出行程单'),
          checked_style: { show_strikethrough: true, opacity: 0.5 },
          ...call,
        },
        {
          tag: 'checker',
          name: 'task3',
          text: plain('联系酒店'),
          overall_checkable: false,
          button_area: {
            pc_display_rule: 'always',
            buttons: [
              button('提醒', 'text', { size: 'small', icon: icon('bell_outlined') }),
              button('转交', 'text', { size: 'small' }),
            ],
          },
          ...call,
        },
        {
          tag: 'checker',
          name: 'task4',
          text: plain('不能勾选'),
          disabled: true,
          disabled_tips: plain('没有权限'),
        },
      ]),
    },
    ...(['bisect', 'trisect', 'stretch'] as const).map((layout, index) => ({
      id: `select-img-${layout}`,
      title: `选择图片：${['两列', '三列', '整行'][index]}`,
      shows: `layout ${layout}，比例 ${['16:9', '1:1', '4:3'][index]}`,
      card: card([
        {
          tag: 'select_img',
          name: 'cover',
          layout,
          aspect_ratio: ['16:9', '1:1', '4:3'][index],
          options: images.slice(0, layout === 'stretch' ? 1 : 4).map((img_key, n) => ({
            img_key,
            value: `picture${n + 1}`,
            hover_tips: plain(`第 ${n + 1} 张`),
            disabled: n === 3,
          })),
          ...call,
        },
      ]),
    })),
    {
      id: 'input-together',
      title: '并排的控件',
      shows: '按钮、下拉、更多操作在一行',
      card: card([
        buttonRow(
          button('认领', 'primary_filled'),
          picker('select_static', 'next', { width: '140px', options: options('稍后', '明天') }),
          { tag: 'overflow', options: options('更多一', '更多二') },
        ),
      ]),
    },
  ],
}
