import { layout } from './container-tags.ts'
import {
  anything,
  boolean,
  edges,
  icon,
  integer,
  listOf,
  mapOf,
  oneOf,
  plainText,
  richText,
  type Shape,
  shaped,
  string,
  translations,
} from './kinds.ts'
import { malformed } from './problem.ts'

const languages = [
  'zh_cn',
  'en_us',
  'zh_hk',
  'zh_tw',
  'ja_jp',
  'id_id',
  'vi_vn',
  'th_th',
  'pt_br',
  'es_es',
  'ko_kr',
  'de_de',
  'fr_fr',
  'it_it',
  'ru_ru',
  'ms_my',
] as const

const perDevice = shaped({
  default: integer(1, 100_000),
  android: integer(1, 100_000),
  ios: integer(1, 100_000),
  pc: integer(1, 100_000),
})

/** Parts of a card outside its components. Feishu docs: 卡片 JSON 2.0 结构. */
export const rootProperties = ['schema', 'config', 'card_link', 'header', 'body'] as const

export const configShape: Shape = {
  streaming_mode: boolean,
  streaming_config: shaped({
    print_frequency_ms: perDevice,
    print_step: perDevice,
    print_strategy: oneOf('fast', 'delay'),
  }),
  summary: shaped({ content: string, i18n_content: translations }),
  locales: listOf(oneOf(...languages)),
  enable_forward: boolean,
  update_multi: (value, at) => {
    if (value !== true) throw malformed(at.path, 'update_multi must be true in schema 2.0')
  },
  width_mode: (value, at) => {
    if (!['default', 'compact', 'fill'].includes(String(value)))
      throw malformed(at.path, `unknown width_mode: ${String(value)}`)
  },
  use_custom_translation: boolean,
  enable_forward_interaction: boolean,
  style: shaped({
    text_size: mapOf(shaped({ default: string, pc: string, mobile: string })),
    color: mapOf(shaped({ light_mode: string, dark_mode: string })),
  }),
}

export const linkShape: Shape = { url: string, pc_url: string, ios_url: string, android_url: string }

const templates = [
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
]

const tagList = listOf(
  shaped({ tag: oneOf('text_tag'), element_id: string, text: plainText(), color: string }, ['tag', 'text']),
)

export const headerShape: Shape = {
  title: richText,
  subtitle: richText,
  text_tag_list: tagList,
  i18n_text_tag_list: mapOf(tagList),
  template: (value, at) => {
    if (!templates.includes(String(value))) throw malformed(at.path, `unknown template: ${String(value)}`)
  },
  icon,
  padding: edges(0, 99),
}

export const bodyShape: Shape = { ...layout, elements: anything }
