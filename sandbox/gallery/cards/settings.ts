import { card, type ExhibitGroup, header, md, plain } from '../build.ts'

export const settings: ExhibitGroup = {
  id: 'config',
  title: '全局设置与旧版',
  exhibits: () => [
    {
      id: 'card-link',
      title: '整张卡片是链接',
      shows: 'card_link，各端可以不同',
      card: card([md('点卡片的任何地方打开订单。')], {
        header: header('卡片链接', 'wathet'),
        card_link: { url: 'https://example.com/card', pc_url: 'https://example.com/pc/card' },
      }),
    },
    {
      id: 'custom-style',
      title: '自定义颜色与字号',
      shows: 'config.style.color、text_size，手机与电脑不同',
      card: card(
        [
          md("<font color='cus-brand'>品牌色文字</font>", { text_size: 'cus-title' }),
          { tag: 'div', text: plain('同一种颜色', { text_color: 'cus-brand' }) },
        ],
        {
          config: {
            style: {
              color: { 'cus-brand': { light_mode: 'rgba(5,157,178,1)', dark_mode: 'rgba(78,23,108,0.49)' } },
              text_size: { 'cus-title': { default: 'heading', pc: 'heading-1', mobile: 'heading-3' } },
            },
          },
        },
      ),
    },
    {
      id: 'i18n',
      title: '多语言',
      shows: '切换界面语言，卡片跟着变',
      card: card([md('中文正文', { i18n_content: { zh_cn: '中文正文', en_us: 'English text' } })], {
        config: { locales: ['zh_cn', 'en_us'] },
        header: {
          title: plain('新订单', { i18n_content: { zh_cn: '新订单', en_us: 'New order' } }),
          template: 'blue',
        },
      }),
    },
    {
      id: 'summary',
      title: '摘要与转发设置',
      shows: 'summary 出现在会话列表；enable_forward、streaming_config 不影响外观',
      card: card([md('会话列表里显示的是摘要。')], {
        config: {
          summary: { content: '一笔新订单 ¥5,360.00' },
          enable_forward: false,
          update_multi: true,
          streaming_mode: false,
          streaming_config: {
            print_frequency_ms: { default: 70 },
            print_step: { default: 1 },
            print_strategy: 'fast',
          },
        },
      }),
    },
    {
      id: 'empty',
      title: '空卡片',
      shows: '{} 是合法的卡片',
      card: {},
    },
    {
      id: 'legacy',
      title: '1.0 卡片',
      shows: '根上的 elements、action 一行按钮、note 备注、div.extra',
      card: {
        config: { wide_screen_mode: true },
        header: { title: plain('旧版卡片'), template: 'turquoise' },
        elements: [
          {
            tag: 'div',
            text: { tag: 'lark_md', content: '**订单** 6917…01' },
            extra: { tag: 'button', text: plain('详情'), url: 'https://example.com/o/1', type: 'default' },
          },
          { tag: 'hr' },
          {
            tag: 'action',
            actions: [
              { tag: 'button', text: plain('认领'), type: 'primary', value: { action: 'claim' } },
              { tag: 'button', text: plain('忽略'), type: 'default', value: { action: 'skip' } },
            ],
          },
          { tag: 'note', elements: [{ tag: 'plain_text', content: '来自抖店 · 5 分钟内有效' }] },
        ],
      },
    },
    {
      id: 'legacy-i18n',
      title: '1.0 多语言卡片',
      shows: 'i18n_elements 与 i18n_header',
      card: {
        i18n_header: {
          zh_cn: { title: plain('中文标题'), template: 'green' },
          en_us: { title: plain('English title'), template: 'green' },
        },
        i18n_elements: {
          zh_cn: [{ tag: 'markdown', content: '中文内容' }],
          en_us: [{ tag: 'markdown', content: 'English content' }],
        },
      },
    },
  ],
}
