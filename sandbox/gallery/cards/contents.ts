import { card, type ExhibitGroup, hr, icon, larkMd, md, plain } from '../build.ts'

const field = (content: string, is_short = true) => ({ is_short, text: larkMd(content) })

export const contents: ExhibitGroup = {
  id: 'content',
  title: '展示组件',
  exhibits: ({ people, images }) => [
    {
      id: 'div-text',
      title: '普通文本',
      shows: '颜色、字号、对齐、最多行数、图标、宽度',
      card: card([
        { tag: 'div', text: plain('默认文字') },
        { tag: 'div', text: plain('红色 16 像素', { text_color: 'red', text_size: 'heading' }) },
        {
          tag: 'div',
          text: plain('居中的灰色小字', { text_color: 'grey', text_size: 'notation', text_align: 'center' }),
        },
        { tag: 'div', text: plain('这段文字最多两行，超出的部分会省略。'.repeat(12), { lines: 2 }) },
        { tag: 'div', icon: icon('info_outlined', 'blue'), text: larkMd('带图标的 **lark_md**') },
        { tag: 'div', width: '160px', text: plain('只有一百六十像素宽的文字会换行') },
      ]),
    },
    {
      id: 'div-fields',
      title: '双列文本',
      shows: 'fields：短的并排，长的独占一行',
      card: card([
        {
          tag: 'div',
          fields: [
            field('**店铺**\n海岛假期'),
            field('**金额**\n¥4,299.00'),
            field('**备注**\n客人希望高楼层、无烟房', false),
          ],
        },
      ]),
    },
    {
      id: 'img-sizes',
      title: '图片的尺寸与裁剪',
      shows: 'size、corner_radius、scale_type、标题、不可放大',
      card: card([
        {
          tag: 'img',
          img_key: images[0],
          alt: plain('海滩'),
          title: plain('酒店外景', { text_size: 'heading' }),
        },
        {
          tag: 'img',
          img_key: images[1],
          alt: plain('日落'),
          scale_type: 'crop_center',
          size: 'large',
          corner_radius: '12px',
        },
        {
          tag: 'img',
          img_key: images[2],
          alt: plain('山林'),
          scale_type: 'crop_top',
          size: '120px 60px',
          preview: false,
        },
        {
          tag: 'img',
          img_key: images[3],
          alt: plain('头像'),
          scale_type: 'crop_center',
          size: 'small',
          corner_radius: '50%',
        },
      ]),
    },
    ...(['double', 'triple', 'bisect', 'trisect'] as const).map((mode, index) => ({
      id: `img-combination-${mode}`,
      title: `多图混排：${['双图', '三图', '等分双列', '等分三列'][index]}`,
      shows: `combination_mode ${mode}`,
      card: card([
        {
          tag: 'img_combination',
          combination_mode: mode,
          corner_radius: '8px',
          img_list: Array.from({ length: [2, 3, 4, 6][index] ?? 2 }, (_, n) => ({
            img_key: images[n % images.length],
          })),
        },
      ]),
    })),
    {
      id: 'person',
      title: '人员',
      shows: '四种大小，普通与胶囊样式，只有头像或带名字',
      card: card([
        { tag: 'person', user_id: people[0], size: 'extra_small', show_name: true },
        { tag: 'person', user_id: people[1], size: 'small', show_name: true, style: 'capsule' },
        { tag: 'person', user_id: people[2], size: 'medium', show_name: true },
        { tag: 'person', user_id: people[3], size: 'large' },
      ]),
    },
    {
      id: 'person-list',
      title: '人员列表',
      shows: '多人、只有头像、限制行数、前缀图标',
      card: card([
        { tag: 'person_list', persons: people.slice(0, 4).map((id) => ({ id })), size: 'small' },
        { tag: 'person_list', persons: people.map((id) => ({ id })), show_name: false, lines: 1 },
        {
          tag: 'person_list',
          persons: [{ id: people[0] }],
          icon: icon('member_outlined', 'blue'),
          size: 'medium',
        },
      ]),
    },
    {
      id: 'hr',
      title: '分割线',
      shows: '两段文字之间的线，与带边距的线',
      card: card([md('上一段'), hr, md('下一段'), { ...hr, margin: '0px 40px' }, md('缩进的线之后')]),
    },
    {
      id: 'audio',
      title: '语音',
      shows: '固定宽度与撑满',
      card: card([
        { tag: 'audio', file_key: 'file_v3_gallery', show_time: true },
        { tag: 'audio', file_key: 'file_v3_gallery', fill: true, show_time: false },
      ]),
    },
  ],
}
