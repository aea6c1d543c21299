import { card, type ExhibitGroup, header, type Json } from '../build.ts'

const shops = ['海岛假期', '山野民宿', '城市周末']
const rows = Array.from({ length: 23 }, (_, index) => ({
  order: `69170000000000000${String(index).padStart(2, '0')}`,
  shop: shops[index % 3],
  amount: 1280.5 + index * 137,
}))

const orderColumns: Json[] = [
  { name: 'order', display_name: '订单号', data_type: 'text' },
  { name: 'shop', display_name: '店铺', data_type: 'text' },
  {
    name: 'amount',
    display_name: '金额',
    data_type: 'number',
    format: { symbol: '¥', precision: 2, separator: true },
  },
]

const wide = Array.from({ length: 12 }, (_, index) => ({
  name: `m${index + 1}`,
  display_name: `${index + 1} 月`,
  data_type: 'number',
  width: '90px',
}))

export const tables: ExhibitGroup = {
  id: 'table',
  title: '表格',
  exhibits: ({ people, images }) => [
    {
      id: 'table-types',
      title: '列的数据类型',
      shows: 'text、number、options、persons、date、lark_md、markdown',
      card: card(
        [
          {
            tag: 'table',
            row_height: 'middle',
            columns: [
              { name: 'shop', display_name: '店铺', data_type: 'text' },
              {
                name: 'amount',
                display_name: '金额',
                data_type: 'number',
                format: { symbol: '¥', precision: 2, separator: true },
              },
              { name: 'state', display_name: '状态', data_type: 'options' },
              { name: 'owner', display_name: '负责人', data_type: 'persons' },
              { name: 'day', display_name: '日期', data_type: 'date', date_format: 'YYYY/MM/DD' },
              { name: 'link', display_name: '链接', data_type: 'lark_md' },
              { name: 'picture', display_name: '图', data_type: 'markdown' },
            ],
            rows: [
              {
                shop: '海岛假期',
                amount: 52680,
                state: [
                  { text: '已付款', color: 'green' },
                  { text: '大额', color: 'red' },
                ],
                owner: [people[0], people[1]],
                day: 1795219200000,
                link: '[打开](https://example.com/o/1)',
                picture: `**封面** ![图](${images[0]})`,
              },
              {
                shop: '山野民宿',
                amount: 18400.5,
                state: '待付款',
                owner: people[2],
                day: 1795132800000,
                link: '—',
                picture: '无',
              },
            ],
          },
        ],
        { config: { width_mode: 'fill' } },
      ),
    },
    {
      id: 'table-paging',
      title: '分页',
      shows: '23 行，每页 5 行',
      card: card([{ tag: 'table', page_size: 5, columns: orderColumns, rows }], {
        header: header('今日订单', 'turquoise'),
      }),
    },
    {
      id: 'table-style',
      title: '表头样式、行高与对齐',
      shows: '灰底居中的表头，高行，列宽百分比与像素',
      card: card([
        {
          tag: 'table',
          row_height: 'high',
          page_size: 3,
          header_style: {
            text_align: 'center',
            text_size: 'heading',
            background_style: 'grey',
            text_color: 'grey',
            bold: false,
            lines: 1,
          },
          columns: [
            { ...orderColumns[0], width: '55%', vertical_align: 'top' },
            { ...orderColumns[1], width: '120px', horizontal_align: 'center' },
            { ...orderColumns[2], horizontal_align: 'left', vertical_align: 'bottom' },
          ],
          rows: rows.slice(0, 3),
        },
      ]),
    },
    {
      id: 'table-frozen',
      title: '很宽的表格，冻结首列',
      shows: '横向滚动时第一列不动',
      card: card([
        {
          tag: 'table',
          freeze_first_column: true,
          row_height: '36px',
          columns: [{ name: 'shop', display_name: '店铺', data_type: 'text', width: '110px' }, ...wide],
          rows: shops.map((shop, index) => ({
            shop,
            ...Object.fromEntries(wide.map(({ name }, month) => [name, (index + 2) * (month + 3) * 100])),
          })),
        },
      ]),
    },
    {
      id: 'table-auto',
      title: '自适应行高',
      shows: 'row_height auto 与 row_max_height',
      card: card([
        {
          tag: 'table',
          row_height: 'auto',
          row_max_height: '80px',
          columns: [
            { name: 'who', display_name: '客人', data_type: 'text', width: '100px' },
            { name: 'says', display_name: '留言', data_type: 'markdown' },
          ],
          rows: [
            { who: '张女士', says: '第一行\n第二行\n第三行\n第四行\n第五行\n第六行' },
            { who: '李先生', says: '想要**靠海**的房间' },
          ],
        },
      ]),
    },
    {
      id: 'table-empty',
      title: '没有行的表格',
      shows: '只有表头',
      card: card([{ tag: 'table', columns: orderColumns, rows: [] }]),
    },
  ],
}
