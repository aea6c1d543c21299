import {
  anything,
  boolean,
  edges,
  icon,
  integer,
  length,
  listOf,
  oneOf,
  plainText,
  radius,
  richText,
  type Shape,
  shaped,
  string,
  translations,
} from './kinds.ts'
import type { TagRule } from './tags.ts'

const textAlign = oneOf('left', 'center', 'right')
const personSize = oneOf('extra_small', 'small', 'medium', 'large')
/** A name of a size; what is no such name is shown as normal text, not refused. */
const textSize = string

const img: Shape = {
  img_key: anything,
  i18n_img_key: translations,
  alt: plainText(),
  title: richText,
  transparent: boolean,
  corner_radius: radius,
  scale_type: oneOf('crop_center', 'crop_top', 'fit_horizontal'),
  size: string,
  preview: boolean,
  mode: oneOf(
    'crop_center',
    'fit_horizontal',
    'large',
    'medium',
    'small',
    'tiny',
    'stretch',
    'stretch_without_padding',
  ),
  compact_width: boolean,
  custom_width: integer(1, 10_000),
}

/** Components that only show something. */
export const contentTags: Readonly<Record<string, TagRule>> = {
  div: {
    properties: {
      text: richText,
      fields: listOf(shaped({ is_short: boolean, text: richText }, ['text'])),
      icon,
      width: length(1, 999, 'auto', 'fill'),
    },
  },
  markdown: {
    properties: {
      content: string,
      i18n_content: translations,
      text_align: textAlign,
      text_size: textSize,
      icon,
    },
    required: ['content'],
  },
  img: { properties: img, required: ['img_key'] },
  img_combination: {
    properties: {
      combination_mode: oneOf('double', 'triple', 'bisect', 'trisect'),
      combination_transparent: boolean,
      transparent: boolean,
      corner_radius: radius,
      img_list: listOf(shaped({ img_key: anything }, ['img_key'])),
    },
    required: ['combination_mode', 'img_list'],
  },
  person: {
    properties: {
      user_id: string,
      user_id_type: oneOf('open_id', 'user_id', 'union_id'),
      size: personSize,
      style: oneOf('normal', 'capsule'),
      show_avatar: boolean,
      show_name: boolean,
    },
    required: ['user_id'],
  },
  person_list: {
    properties: {
      persons: anything,
      lines: integer(1, 100),
      size: personSize,
      show_avatar: boolean,
      show_name: boolean,
      drop_invalid_user_id: boolean,
      icon,
    },
    required: ['persons'],
  },
  chart: {
    properties: {
      chart_spec: anything,
      aspect_ratio: oneOf('1:1', '2:1', '4:3', '16:9'),
      color_theme: oneOf('brand', 'rainbow', 'complementary', 'converse', 'primary'),
      preview: boolean,
      height: length(1, 999, 'auto'),
    },
    required: ['chart_spec'],
  },
  table: {
    properties: {
      page_size: anything,
      row_height: length(32, 124, 'low', 'middle', 'high', 'auto'),
      row_max_height: length(32, 999),
      freeze_first_column: boolean,
      header_style: shaped({
        text_align: textAlign,
        text_size: oneOf('normal', 'heading', 'notation'),
        background_style: oneOf('none', 'grey'),
        text_color: oneOf('default', 'grey'),
        bold: boolean,
        lines: integer(1, 100),
      }),
      columns: anything,
      rows: anything,
    },
    required: ['columns'],
    rootOnly: true,
  },
  hr: { properties: {} },
  audio: {
    properties: {
      audio_id: string,
      file_key: string,
      show_time: boolean,
      style: oneOf('normal', 'speak'),
      fill: boolean,
      width: length(1, 999),
      padding: edges(0, 99),
    },
  },
}
