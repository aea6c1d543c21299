import { button, card, column, columns, type ExhibitGroup, fact, header, icon, md, plain } from '../build.ts'

const four = [fact('下单', '128'), fact('付款', '117'), fact('核销', '64'), fact('退款', '9')]

export const layouts: ExhibitGroup = {
  id: 'layout',
  title: '排版与容器',
  exhibits: () => [
    ...(['none', 'stretch', 'flow', 'bisect', 'trisect'] as const).map((mode, index) => ({
      id: `columns-${mode}`,
      title: `分栏：${['保持比例', '窄屏变行', '自动换行', '窄屏两列', '窄屏三列'][index]}`,
      shows: `flex_mode ${mode}，手机宽度下看区别`,
      card: card([columns(four, mode)]),
    })),
    {
      id: 'columns-widths',
      title: '列宽：比重、自适应、像素',
      shows: 'weight 1 与 3，auto，px',
      card: card([
        columns([
          column([md('比重 1')], { background_style: 'grey', padding: '8px' }),
          column([md('比重 3')], { weight: 3, background_style: 'blue-50', padding: '8px' }),
        ]),
        columns([
          {
            tag: 'column',
            width: 'auto',
            background_style: 'green-50',
            padding: '8px',
            elements: [md('自适应')],
          },
          {
            tag: 'column',
            width: '120px',
            background_style: 'orange-50',
            padding: '8px',
            elements: [md('一百二十像素')],
          },
        ]),
      ]),
    },
    {
      id: 'columns-align',
      title: '对齐与背景',
      shows: 'vertical_align、horizontal_align、background_style、间距名',
      card: card([
        columns(
          [
            column([md('第一行\n第二行\n第三行')]),
            column([md('靠上')], { vertical_align: 'top' }),
            column([md('居中')], { vertical_align: 'center' }),
            column([md('靠下')], { vertical_align: 'bottom' }),
          ],
          'none',
          { background_style: 'grey', horizontal_spacing: 'large' },
        ),
        columns(
          [{ tag: 'column', width: 'auto', horizontal_align: 'right', elements: [button('靠右的按钮')] }],
          'none',
          { horizontal_align: 'right' },
        ),
      ]),
    },
    {
      id: 'columns-nested',
      title: '嵌套的分栏与可点的列',
      shows: '列里再分栏；整列是一个链接',
      card: card([
        columns([
          column([md('**左**'), columns([fact('内 1', '一'), fact('内 2', '二')])], { weight: 2 }),
          column([md('整列可点')], {
            background_style: 'wathet-50',
            padding: '12px',
            action: { multi_url: { url: 'https://example.com/column' } },
          }),
        ]),
      ]),
    },
    {
      id: 'body-horizontal',
      title: '横向的正文',
      shows: 'body.direction horizontal、间距、居中',
      card: card([button('通过', 'primary_filled'), button('驳回', 'danger'), md('请在今天内处理')], {
        body: {
          direction: 'horizontal',
          horizontal_spacing: 'medium',
          vertical_align: 'center',
          padding: '16px',
        },
      }),
    },
    {
      id: 'margins',
      title: '边距与间距',
      shows: 'margin 可以是负数，vertical_spacing 16px',
      card: card(
        [
          md('普通'),
          md('向右缩进 40 像素', { margin: '0px 0px 0px 40px' }),
          columns(
            [column([md('贴边的色块')], { background_style: 'yellow-50', padding: '8px 12px' })],
            'none',
            {
              margin: '0px -12px',
            },
          ),
        ],
        { body: { vertical_spacing: 'extra_large' } },
      ),
    },
    ...(['default', 'compact', 'fill'] as const).map((mode, index) => ({
      id: `width-${mode}`,
      title: `卡片宽度：${['默认 600 像素', '紧凑 400 像素', '撑满'][index]}`,
      shows: `config.width_mode ${mode}`,
      card: card([md('卡片的宽度由 config.width_mode 决定。'), columns(four)], {
        config: { width_mode: mode },
        header: header('宽度', 'green'),
      }),
    })),
    {
      id: 'interactive-container',
      title: '交互容器',
      shows: '背景、边框、圆角、悬浮提示、镭射、禁用',
      card: card([
        {
          tag: 'interactive_container',
          background_style: 'default',
          has_border: true,
          border_color: 'grey',
          corner_radius: '8px',
          padding: '12px',
          hover_tips: plain('点这里认领'),
          behaviors: [{ type: 'callback', value: { action: 'claim' } }],
          elements: [md('**整块可点**\n点击后回传到应用'), button('里面的按钮优先', 'text')],
        },
        {
          tag: 'interactive_container',
          background_style: 'laser',
          corner_radius: '12px',
          padding: '12px',
          behaviors: [{ type: 'open_url', default_url: 'https://example.com/laser' }],
          elements: [md('镭射背景，打开链接')],
        },
        {
          tag: 'interactive_container',
          background_style: 'grey',
          disabled: true,
          disabled_tips: plain('已被认领'),
          behaviors: [{ type: 'callback', value: {} }],
          elements: [md('已禁用')],
        },
      ]),
    },
    {
      id: 'collapsible-panel',
      title: '折叠面板',
      shows: '展开与收起、背景、边框、图标位置与角度',
      card: card([
        {
          tag: 'collapsible_panel',
          expanded: true,
          background_color: 'grey',
          header: { title: plain('出行人信息'), padding: '8px', icon_position: 'right' },
          border: { color: 'grey', corner_radius: '8px' },
          elements: [md('张三 护照 E1234****\n李四 护照 E5678****')],
        },
        {
          tag: 'collapsible_panel',
          header: {
            title: { tag: 'markdown', content: '**操作记录** 共 3 条' },
            icon: icon('down-small-ccm_outlined', 'blue'),
            icon_position: 'follow_text',
            icon_expanded_angle: -180,
          },
          elements: [md('09:12 认领\n09:40 已联系\n10:05 已确认')],
        },
        {
          tag: 'collapsible_panel',
          header: { title: plain('图标在左'), icon_position: 'left', background_color: 'blue-50' },
          elements: [md('内容')],
        },
      ]),
    },
  ],
}
