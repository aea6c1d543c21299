import {
  button,
  buttonRow,
  calls,
  card,
  column,
  columns,
  type ExhibitGroup,
  icon,
  opens,
  plain,
} from '../build.ts'

const looks = [
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
]

export const buttons: ExhibitGroup = {
  id: 'button',
  title: '按钮',
  exhibits: () => [
    {
      id: 'button-types',
      title: '按钮类型',
      shows: '九种 type',
      card: card([buttonRow(...looks.map((look) => button(look, look)))]),
    },
    {
      id: 'button-sizes',
      title: '按钮尺寸',
      shows: 'tiny、small、medium、large',
      card: card([
        buttonRow(
          ...['tiny', 'small', 'medium', 'large'].map((size) => button(size, 'primary_filled', { size })),
        ),
      ]),
    },
    {
      id: 'button-widths',
      title: '按钮宽度',
      shows: '默认、像素、撑满、两列等宽',
      card: card([
        button('默认宽度'),
        button('二百像素', 'primary', { width: '200px' }),
        button('撑满', 'primary_filled', { width: 'fill' }),
        columns([
          column([button('左', 'default', { width: 'fill' })]),
          column([button('右', 'default', { width: 'fill' })]),
        ]),
      ]),
    },
    {
      id: 'button-icons',
      title: '图标按钮',
      shows: '图标加文字，只有图标，各种常用图标',
      card: card([
        buttonRow(
          button('联系客人', 'primary', { icon: icon('chat_outlined') }),
          button('日历', 'default', { icon: icon('calendar_colorful') }),
          {
            tag: 'button',
            icon: icon('phone_outlined', 'green'),
            name: 'call',
            behaviors: [calls({ action: 'call' })],
          },
          button('删除', 'danger_text', { icon: icon('delete-trash_outlined', 'red') }),
          button('未知图标', 'text', { icon: icon('no-such-thing_outlined') }),
        ),
      ]),
    },
    {
      id: 'button-confirm',
      title: '二次确认',
      shows: '先问再做',
      card: card([
        button('同意退款 ¥2,680', 'danger_filled', {
          name: 'agree',
          confirm: { title: plain('同意退款？'), text: plain('款项会原路退回，不能撤销。') },
        }),
      ]),
    },
    {
      id: 'button-disabled',
      title: '禁用与提示',
      shows: 'disabled、disabled_tips、hover_tips',
      card: card([
        buttonRow(
          button('已认领', 'primary_filled', { disabled: true, disabled_tips: plain('林小夏已认领') }),
          button('已关闭', 'default', { disabled: true }),
          button('悬停看提示', 'default', { hover_tips: plain('这是提示') }),
        ),
      ]),
    },
    {
      id: 'button-links',
      title: '打开链接',
      shows: '各端不同的地址，链接与回传并存，某端不跳转',
      card: card([
        buttonRow(
          button('查看订单', 'default', {
            behaviors: [
              opens('https://example.com/o/1', {
                pc_url: 'https://example.com/pc/o/1',
                ios_url: 'https://example.com/ios/o/1',
                android_url: 'https://example.com/android/o/1',
              }),
            ],
          }),
          button('打开并认领', 'primary', {
            behaviors: [opens('https://example.com/o/1'), calls({ action: 'claim' })],
          }),
          button('电脑上不跳转', 'text', {
            behaviors: [opens('https://example.com/m', { pc_url: 'lark://msgcard/unsupported_action' })],
          }),
        ),
      ]),
    },
  ],
}
