import {
  button,
  buttonRow,
  card,
  column,
  columns,
  type ExhibitGroup,
  fact,
  header,
  hr,
  icon,
  md,
  opens,
  options,
  plain,
} from '../build.ts'

const tag = (text: string, color: string) => ({ tag: 'text_tag', text: plain(text), color })
const bySlot = ['20:00', '20:30', '21:00', '21:30', '22:00'].map((time, index) => ({
  time,
  value: [8, 21, 46, 39, 17][index],
}))

/** Cards that tell numbers or ask people for something. */
export const reports: ExhibitGroup = {
  id: 'report',
  title: '报表与待办',
  exhibits: () => [
    {
      id: 'scene-live-report',
      title: '直播战报',
      shows: '关键指标与分时成交图',
      card: card(
        [
          columns([fact('成交额', '¥128,640'), fact('订单', '131'), fact('在线峰值', '2,418')], 'trisect'),
          {
            tag: 'chart',
            aspect_ratio: '16:9',
            chart_spec: {
              type: 'bar',
              data: { values: bySlot },
              xField: 'time',
              yField: 'value',
              label: { visible: true },
            },
          },
          {
            tag: 'table',
            page_size: 3,
            columns: [
              { name: 'goods', display_name: '商品', data_type: 'text' },
              { name: 'sold', display_name: '销量', data_type: 'number' },
              {
                name: 'amount',
                display_name: '金额',
                data_type: 'number',
                format: { symbol: '¥', separator: true },
              },
            ],
            rows: [
              { goods: '普吉岛双人券', sold: 46, amount: 123280 },
              { goods: '莫干山亲子房', sold: 28, amount: 22400 },
              { goods: '三亚接送机', sold: 57, amount: 5643 },
            ],
          },
        ],
        { header: header('直播战报 20:00–22:00', 'purple', { icon: icon('live_colorful') }) },
      ),
    },
    {
      id: 'scene-payroll',
      title: '工资条',
      shows: '只给本人的明细，可以提出异议',
      card: card(
        [
          columns([fact('应发', '¥12,860.00'), fact('实发', '¥11,024.30')], 'bisect'),
          {
            tag: 'table',
            columns: [
              { name: 'item', display_name: '项目', data_type: 'text' },
              {
                name: 'amount',
                display_name: '金额',
                data_type: 'number',
                format: { symbol: '¥', precision: 2, separator: true },
              },
            ],
            rows: [
              { item: '底薪', amount: 6000 },
              { item: '直播时长 62.5 小时', amount: 4375 },
              { item: '提成', amount: 2485 },
              { item: '社保与个税', amount: -1835.7 },
            ],
          },
          buttonRow(button('确认无误', 'primary_filled'), button('有异议', 'default')),
        ],
        { header: header('11 月工资条', 'indigo', { subtitle: plain('仅你可见') }) },
      ),
    },
    {
      id: 'scene-alert',
      title: '红线预警',
      shows: '超过红线时的提醒',
      card: card(
        [
          md("退款率 <font color='red'>**12.6%**</font>，超过红线 8%", {
            icon: icon('warning_filled', 'red'),
          }),
          columns([fact('今日退款', '17 笔'), fact('金额', '¥38,420'), fact('主因', '酒店无房')], 'trisect', {
            background_style: 'red-50',
          }),
          buttonRow(
            button('查看明细', 'danger', { behaviors: [opens('https://example.com/alert')] }),
            button('我来处理', 'danger_filled'),
          ),
        ],
        { header: header('红线预警', 'red', { text_tag_list: [tag('持续 35 分钟', 'red')] }) },
      ),
    },
    {
      id: 'scene-digest',
      title: '订单汇总',
      shows: '一张卡里的多笔订单，每行可认领',
      card: card(
        Array.from({ length: 4 }, (_, index) =>
          columns(
            [
              column(
                [
                  md(
                    `**三亚接送机** × ${index + 1}\n<font color='grey'>¥${99 * (index + 1)}.00 · 19:0${index}</font>`,
                  ),
                ],
                { weight: 4, vertical_align: 'center' },
              ),
              {
                tag: 'column',
                width: 'auto',
                vertical_align: 'center',
                elements: [button('认领', 'primary', { size: 'small', name: `claim_${index}` })],
              },
            ],
            'none',
          ),
        ).flatMap((row, index) => (index === 0 ? [row] : [hr, row])),
        { header: header('4 笔新订单', 'blue', { subtitle: plain('19:00–19:10') }) },
      ),
    },
    {
      id: 'scene-air-time',
      title: '直播时长登记',
      shows: '主播填写开播与下播时间',
      card: card(
        [
          {
            tag: 'form',
            name: 'air',
            elements: [
              columns(
                [
                  column([
                    md('开播'),
                    {
                      tag: 'picker_datetime',
                      name: 'start',
                      required: true,
                      width: 'fill',
                      placeholder: plain('选择时间'),
                    },
                  ]),
                  column([
                    md('下播'),
                    {
                      tag: 'picker_datetime',
                      name: 'end',
                      required: true,
                      width: 'fill',
                      placeholder: plain('选择时间'),
                    },
                  ]),
                ],
                'stretch',
              ),
              {
                tag: 'select_static',
                name: 'room',
                width: 'fill',
                placeholder: plain('直播间'),
                options: options('海岛一号', '山野直播间'),
              },
              {
                tag: 'button',
                name: 'send',
                text: plain('登记'),
                type: 'primary_filled',
                width: 'fill',
                form_action_type: 'submit',
              },
            ],
          },
        ],
        { header: header('今天播了多久？', 'violet') },
      ),
    },
    {
      id: 'scene-todo',
      title: '出行前清单',
      shows: '勾选的任务',
      card: card(
        [
          {
            tag: 'checker',
            name: 'hotel',
            text: plain('酒店已确认'),
            checked: true,
            checked_style: { show_strikethrough: true, opacity: 0.5 },
          },
          { tag: 'checker', name: 'visa', text: plain('签证材料齐全') },
          { tag: 'checker', name: 'trip', text: plain('行程单已寄出') },
        ],
        { header: header('张女士 12/01 出行', 'turquoise') },
      ),
    },
    {
      id: 'scene-daily',
      title: '老板日报',
      shows: '昨天的数字与同比',
      card: card(
        [
          columns(
            [fact('成交额', '¥206,480'), fact('订单', '214'), fact('核销', '97'), fact('退款', '11')],
            'bisect',
            { background_style: 'grey' },
          ),
          {
            tag: 'chart',
            chart_spec: {
              type: 'line',
              data: {
                values: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'].map((day, n) => ({
                  day,
                  value: [98, 112, 87, 134, 156, 231, 206][n],
                })),
              },
              xField: 'day',
              yField: 'value',
              point: { visible: true },
            },
          },
          md("<font color='green'>较上周日 +12.4%</font>　<font color='grey'>数据截至 24:00</font>", {
            text_size: 'notation',
          }),
        ],
        { header: header('昨日经营', 'carmine') },
      ),
    },
  ],
}
