import {
  button,
  buttonRow,
  card,
  column,
  columns,
  type ExhibitGroup,
  fact,
  header,
  icon,
  md,
  opens,
  plain,
} from '../build.ts'

const tag = (text: string, color: string) => ({ tag: 'text_tag', text: plain(text), color })

/** Cards as shops really get them. */
export const scenes: ExhibitGroup = {
  id: 'scene',
  title: '真实场景',
  exhibits: ({ people }) => [
    {
      id: 'scene-new-order',
      title: '新订单',
      shows: '群里的新订单：看订单、认领',
      card: card(
        [
          md('**普吉岛 5 天 4 晚双人套餐券** × 2'),
          columns([fact('实付', '¥5,360.00'), fact('买家', '张女士 尾号 1234')], 'bisect'),
          columns([fact('下单时间', '11/18 19:06'), fact('订单号', '6917…0001')], 'bisect'),
          buttonRow(
            button('查看订单', 'default', { behaviors: [opens('https://example.com/o/1')] }),
            button('认领', 'primary_filled', { name: 'claim' }),
          ),
          md("<font color='grey'>10 分钟内无人认领会提醒主管</font>", { text_size: 'notation' }),
        ],
        {
          header: header('新订单 · 抖店', 'blue', {
            subtitle: plain('海岛假期旗舰店'),
            text_tag_list: [tag('待使用', 'blue')],
          }),
        },
      ),
    },
    {
      id: 'scene-claimed',
      title: '已认领的订单',
      shows: '按钮变为状态，谁在什么时候认领',
      card: card(
        [
          md('**普吉岛 5 天 4 晚双人套餐券** × 2　¥5,360.00'),
          columns(
            [
              column(
                [{ tag: 'person', user_id: people[0], size: 'small', show_name: true, style: 'capsule' }],
                { width: 'auto', weight: 1 },
              ),
              column([md("<font color='grey'>19:08 认领，用时 2 分钟</font>")]),
            ],
            'flow',
          ),
          buttonRow(
            button('已认领', 'default', { disabled: true }),
            button('转交', 'text'),
            button('完成', 'primary'),
          ),
        ],
        { header: header('新订单 · 抖店', 'green', { text_tag_list: [tag('林小夏 跟进中', 'green')] }) },
      ),
    },
    {
      id: 'scene-refund',
      title: '待审批的退款',
      shows: '主管要同意或驳回，先确认',
      card: card(
        [
          md(`<at id=${people[2]}></at> 请审批`),
          columns(
            [fact('退款金额', '¥2,680.00'), fact('原订单', '¥5,360.00'), fact('原因', '行程变更')],
            'trisect',
          ),
          {
            tag: 'collapsible_panel',
            header: { title: plain('客人的说明') },
            border: { color: 'grey', corner_radius: '6px' },
            elements: [md('> 家里老人住院，无法出行，请协助退一半。')],
          },
          buttonRow(
            button('同意退款', 'primary_filled', {
              name: 'agree',
              confirm: { title: plain('同意退款 ¥2,680.00？'), text: plain('款项原路退回') },
            }),
            button('驳回', 'danger', { name: 'refuse' }),
          ),
        ],
        {
          header: header('退款待审批', 'orange', {
            icon: icon('approval_outlined', 'orange'),
            text_tag_list: [tag('剩余 3:58', 'orange')],
          }),
        },
      ),
    },
    {
      id: 'scene-refund-done',
      title: '退款已完成',
      shows: '四个落点都打勾',
      card: card(
        [
          md(
            ['ERP 已执行', '平台已退款 ¥2,680.00', '台账已记', '卡片已更新']
              .map((text) => `:DONE: ${text}`)
              .join('\n'),
          ),
        ],
        { header: header('退款完成', 'green', { subtitle: plain('主管 王岚 同意') }) },
      ),
    },
  ],
}
