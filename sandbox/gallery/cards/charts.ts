import { card, type ExhibitGroup, header, type Json } from '../build.ts'

const days = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']
const sales = [42, 51, 38, 64, 72, 128, 117]
const byDay = days.map((day, index) => ({ day, value: sales[index] }))
const byShop = days.flatMap((day, index) => [
  { day, shop: '海岛假期', value: sales[index] },
  { day, shop: '山野民宿', value: Math.round((sales[index] ?? 0) * 0.4) },
])

const chart = (chart_spec: Json, more: Json = {}): Json => ({ tag: 'chart', chart_spec, ...more })

const kinds: readonly (readonly [id: string, title: string, spec: Json, more?: Json])[] = [
  [
    'line',
    '折线图',
    { type: 'line', title: { text: '一周订单' }, data: { values: byDay }, xField: 'day', yField: 'value' },
  ],
  [
    'area',
    '面积图',
    {
      type: 'area',
      data: { values: byShop },
      xField: 'day',
      yField: 'value',
      seriesField: 'shop',
      stack: true,
      legends: { visible: true },
    },
  ],
  [
    'bar',
    '柱状图',
    {
      type: 'bar',
      data: { values: byShop },
      xField: ['day', 'shop'],
      yField: 'value',
      seriesField: 'shop',
      legends: { visible: true, orient: 'bottom' },
    },
    { aspect_ratio: '4:3' },
  ],
  [
    'hbar',
    '条形图',
    {
      type: 'bar',
      direction: 'horizontal',
      data: { values: byDay },
      xField: 'value',
      yField: 'day',
      label: { visible: true },
    },
    { color_theme: 'complementary' },
  ],
  [
    'pie',
    '饼图',
    {
      type: 'pie',
      data: {
        values: [
          { type: '待使用', value: 64 },
          { type: '已核销', value: 41 },
          { type: '退款', value: 9 },
        ],
      },
      valueField: 'value',
      categoryField: 'type',
      outerRadius: 0.9,
      legends: { visible: true, orient: 'right' },
      label: { visible: true },
    },
    { aspect_ratio: '2:1' },
  ],
  [
    'ring',
    '环图',
    {
      type: 'pie',
      data: {
        values: [
          { type: '抖店', value: 72 },
          { type: '淘宝', value: 28 },
        ],
      },
      valueField: 'value',
      categoryField: 'type',
      outerRadius: 0.9,
      innerRadius: 0.6,
    },
    { aspect_ratio: '1:1', color_theme: 'rainbow' },
  ],
  [
    'common',
    '组合图',
    {
      type: 'common',
      data: [
        { values: byDay },
        { values: byDay.map(({ day, value }) => ({ day, value: (value ?? 0) * 0.8, kind: '上周' })) },
      ],
      series: [
        { type: 'bar', dataIndex: 0, xField: 'day', yField: 'value' },
        { type: 'line', dataIndex: 1, xField: 'day', yField: 'value', seriesField: 'kind' },
      ],
      axes: [{ orient: 'bottom' }, { orient: 'left' }],
    },
  ],
  [
    'funnel',
    '漏斗图',
    {
      type: 'funnel',
      data: {
        values: [
          { name: '曝光', value: 5676 },
          { name: '点击', value: 3872 },
          { name: '下单', value: 1668 },
          { name: '付款', value: 565 },
        ],
      },
      categoryField: 'name',
      valueField: 'value',
      isTransform: true,
      label: { visible: true },
    },
  ],
  [
    'radar',
    '雷达图',
    {
      type: 'radar',
      data: {
        values: [
          ['讲解', 5],
          ['互动', 4],
          ['成交', 3],
          ['时长', 5],
          ['复盘', 4],
        ].map(([key, value]) => ({ key, value })),
      },
      categoryField: 'key',
      valueField: 'value',
      area: { visible: true },
      outerRadius: 0.8,
    },
  ],
  [
    'scatter',
    '散点图',
    {
      type: 'scatter',
      data: { values: sales.map((value, index) => ({ x: index * 3 + (value % 5), y: value })) },
      xField: 'x',
      yField: 'y',
    },
  ],
  [
    'linear-progress',
    '条形进度',
    {
      type: 'linearProgress',
      data: {
        values: [
          { type: '本月目标', value: 0.795 },
          { type: '本季目标', value: 0.25 },
        ],
      },
      direction: 'horizontal',
      xField: 'value',
      yField: 'type',
      seriesField: 'type',
      axes: [{ orient: 'left', domainLine: { visible: false } }],
    },
    { aspect_ratio: '2:1' },
  ],
  [
    'circular-progress',
    '环形进度',
    {
      type: 'circularProgress',
      data: { values: [{ type: '核销率', value: 0.64 }] },
      valueField: 'value',
      categoryField: 'type',
      seriesField: 'type',
      radius: 0.8,
      innerRadius: 0.6,
      cornerRadius: 20,
    },
    { height: '220px' },
  ],
]

export const charts: ExhibitGroup = {
  id: 'chart',
  title: '图表',
  exhibits: () =>
    kinds.map(([id, title, spec, more]) => ({
      id: `chart-${id}`,
      title,
      shows: `chart_spec.type ${String(spec.type)}${more ? ` · ${JSON.stringify(more)}` : ''}`,
      card: card([chart(spec, more)], { header: header(title, 'purple') }),
    })),
}
