import { card, type ExhibitGroup, header, icon, md } from '../build.ts'

const code = '```json\n{ "order": "6917000000000000001", "amount": 536000 }\n```'

export const texts: ExhibitGroup = {
  id: 'markdown',
  title: '富文本',
  exhibits: ({ people, images }) => [
    {
      id: 'markdown-inline',
      title: '行内格式',
      shows: '粗体、斜体、删除线、行内代码、链接、表情',
      card: card([
        md(
          '**粗体** *斜体* ~~原价 ¥5,980~~ `SKU-2201` [订单详情](https://example.com/o/1)\n收到 :OK: :THUMBSUP: :DONE: 未知 :NOSUCH:',
        ),
      ]),
    },
    {
      id: 'markdown-colors',
      title: '彩色文字与标签',
      shows: 'font 的颜色、嵌套，text_tag 的全部颜色',
      card: card([
        md(
          "<font color='red'>已超时 <font color='green'>已处理</font> 仍未回复</font> <font color='grey'>备注</font> <font color='violet-600'>紫</font>",
        ),
        md(
          [
            'neutral',
            'blue',
            'turquoise',
            'lime',
            'orange',
            'violet',
            'indigo',
            'wathet',
            'green',
            'yellow',
            'red',
            'purple',
            'carmine',
          ]
            .map((color) => `<text_tag color='${color}'>${color}</text_tag>`)
            .join(' '),
        ),
      ]),
    },
    {
      id: 'markdown-people',
      title: '提到的人',
      shows: 'at 一人、多人、所有人；person 的普通与胶囊样式',
      card: card([
        md(
          `请 <at id=${people[0]}></at> 跟进，抄送 <at ids=${people[1]},${people[2]}></at>\n<at id=all></at> 请留意`,
        ),
        md(
          `负责人 <person id='${people[0]}' show_name=true show_avatar=true style='normal'></person> 协助 <person id='${people[1]}' show_name=true show_avatar=true style='capsule'></person>`,
        ),
      ]),
    },
    {
      id: 'markdown-lists',
      title: '列表',
      shows: '无序、有序、嵌套与任务列表',
      card: card([
        md(
          '- 核对订单\n    - 出行人姓名\n    - 证件号码\n- 联系酒店\n\n1. 下单\n2. 付款\n    1. 定金\n    2. 尾款\n\n- [x] 已发确认函\n- [ ] 待寄行程单',
        ),
      ]),
    },
    {
      id: 'markdown-headings',
      title: '六级标题',
      shows: '# 到 ######，从 26 到 14 像素',
      card: card([
        md('# 一级标题\n## 二级标题\n### 三级标题\n#### 四级标题\n##### 五级标题\n###### 六级标题'),
      ]),
    },
    {
      id: 'markdown-blocks',
      title: '代码、引用与分割线',
      shows: '代码块带语言，引用里可以换行，--- 是分割线',
      card: card([md(`> 客人说：能不能改到下周？\n> 越快越好\n\n${code}\n\n---\n以上`)]),
    },
    {
      id: 'markdown-table',
      title: 'Markdown 表格',
      shows: '对齐与单元格里的格式',
      card: card([
        md(
          "| 店铺 | 订单 | 金额 |\n| :-- | :-: | --: |\n| 海岛假期 | 128 | **¥52,680** |\n| 山野民宿 | 46 | ¥18,400 |\n| 城市周末 | 9 | <font color='red'>¥2,070</font> |",
        ),
      ]),
    },
    {
      id: 'markdown-special',
      title: '时间、数字角标、带图标的链接、原样文字',
      shows: 'local_datetime、number_tag、link、raw、br、a',
      card: card([
        md(
          "入住 <local_datetime millisecond='1795219200000' format_type='date'></local_datetime> <local_datetime millisecond='1795219200000' format_type='time'></local_datetime><br>待办<number_tag>3</number_tag> 超时<number_tag background_color='red' font_color='white'>12</number_tag>",
        ),
        md(
          "<link icon='chat_outlined' url='https://example.com/chat' pc_url='' ios_url='' android_url=''>进入客服会话</link>\n<a href='https://example.com/help'></a>\n<raw>**这里的星号原样显示**</raw>",
        ),
      ]),
    },
    {
      id: 'markdown-sizes',
      title: '字号与对齐',
      shows: 'text_size 从 heading-0 到 x-small，三种对齐',
      card: card([
        md('超大标题 30', { text_size: 'heading-0', text_align: 'center' }),
        md('一级标题 24', { text_size: 'heading-1' }),
        md('标题 16', { text_size: 'heading', text_align: 'right' }),
        md('正文 14', { text_size: 'normal' }),
        md("<font color='grey'>辅助信息 12，用来代替 1.0 的备注</font>", { text_size: 'notation' }),
        md('最小 10', { text_size: 'x-small' }),
      ]),
    },
    {
      id: 'markdown-image-icon',
      title: '图片与前缀图标',
      shows: '![说明](image_key)，以及组件的 icon',
      card: card([
        md(`酒店外景：\n![泳池](${images[0]})`),
        md('房型已确认', { icon: icon('yes_filled', 'green') }),
        md('航班可能延误', { icon: icon('warning_filled', 'orange') }),
      ]),
    },
    {
      id: 'markdown-hostile',
      title: '恶意文字只是文字',
      shows: 'script、javascript 链接与反转字符都不起作用',
      card: card(
        [
          md(
            '<script>alert(1)</script> <img src=x onerror=alert(1)> [点我](javascript:alert(1)) \u202e反转\u202c 之后',
            {},
          ),
        ],
        { header: header('<b>不是粗体</b>', 'grey') },
      ),
    },
  ],
}
