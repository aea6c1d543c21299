import { card, type Exhibit, type ExhibitGroup, header, icon, larkMd, md, plain } from '../build.ts'

const templates: readonly (readonly [template: string, name: string])[] = [
  ['blue', '蓝'],
  ['wathet', '浅蓝'],
  ['turquoise', '青'],
  ['green', '绿'],
  ['yellow', '黄'],
  ['orange', '橙'],
  ['red', '红'],
  ['carmine', '洋红'],
  ['violet', '紫罗兰'],
  ['purple', '紫'],
  ['indigo', '靛'],
  ['grey', '灰'],
  ['default', '默认'],
]

const theme = ([template, name]: (typeof templates)[number]): Exhibit => ({
  id: `header-${template}`,
  title: `标题主题：${name}`,
  shows: `header.template ${template}`,
  card: card([md('海岛假期旗舰店有一笔新订单，等待认领。')], { header: header(`${name}色标题`, template) }),
})

const tag = (text: string, color: string) => ({ tag: 'text_tag', text: plain(text), color })

export const headers: ExhibitGroup = {
  id: 'header',
  title: '标题',
  exhibits: ({ images }) => [
    ...templates.map(theme),
    {
      id: 'header-full',
      title: '副标题、图标与后缀标签',
      shows: 'subtitle、standard_icon、text_tag_list 三种颜色',
      card: card([md('标题区的全部内容。')], {
        header: header('普吉岛 5 天 4 晚双人套餐券', 'wathet', {
          subtitle: plain('海岛假期旗舰店 · 抖店'),
          icon: icon('calendar_outlined', 'blue'),
          text_tag_list: [tag('待跟进', 'orange'), tag('大额', 'red'), tag('老客户', 'green')],
        }),
      }),
    },
    {
      id: 'header-custom-icon',
      title: '自定义图标与内边距',
      shows: 'custom_icon 用上传的图片，padding 改变标题区的留白',
      card: card([md('图标是一张上传的图片。')], {
        header: header('自定义图标', 'indigo', {
          icon: { tag: 'custom_icon', img_key: images[0] },
          padding: '20px 16px',
        }),
      }),
    },
    {
      id: 'header-long',
      title: '很长的标题与 lark_md',
      shows: '标题最多四行，lark_md 可以加粗',
      card: card([md('正文')], {
        header: {
          title: larkMd(`**紧急** ${'客人要求改期到春节假期并升级海景房，'.repeat(8)}`),
          subtitle: plain('副标题只有一行，超出的部分省略。'.repeat(6)),
          template: 'orange',
        },
      }),
    },
    {
      id: 'header-none',
      title: '没有标题的卡片',
      shows: '只有正文',
      card: card([md('没有标题的卡片从正文开始。')]),
    },
  ],
}
