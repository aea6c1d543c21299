/**
 * What each component of card JSON 2.0 may hold. Feishu docs: 卡片 JSON 2.0 组件概述 and the page of each component.
 * Properties outside these lists are refused, because schema 2.0 refuses them.
 */
export interface TagRule {
  /** allowed properties besides tag, element_id and margin */
  properties: readonly string[]
  /** of these, which must be there */
  required?: readonly string[]
  /** allowed values of enumerated properties */
  enums?: Readonly<Record<string, readonly string[]>>
  /** may hold other components in `elements` (or `columns`) */
  container?: true
  /** people press or fill it; inside a form it needs a unique name */
  interactive?: true
  /** only directly in body.elements */
  rootOnly?: true
}

const layout = [
  'direction',
  'horizontal_spacing',
  'horizontal_align',
  'vertical_spacing',
  'vertical_align',
  'padding',
]
const press = ['behaviors', 'confirm', 'disabled', 'disabled_tips', 'hover_tips']
const field = [
  'name',
  'required',
  'disabled',
  'disabled_tips',
  'hover_tips',
  'placeholder',
  'width',
  'value',
  'behaviors',
  'confirm',
]
const choice = [...field, 'type', 'options']

export const removedTags: ReadonlySet<string> = new Set(['note', 'action'])

export const tagRules: Readonly<Record<string, TagRule>> = {
  div: { properties: ['text', 'fields', 'icon', 'width'] },
  markdown: {
    properties: ['content', 'i18n_content', 'text_align', 'text_size', 'icon'],
    required: ['content'],
  },
  img: {
    properties: [
      'img_key',
      'i18n_img_key',
      'alt',
      'title',
      'transparent',
      'corner_radius',
      'scale_type',
      'size',
      'preview',
      'mode',
      'compact_width',
      'custom_width',
    ],
    required: ['img_key'],
  },
  img_combination: {
    properties: ['combination_mode', 'combination_transparent', 'transparent', 'corner_radius', 'img_list'],
    required: ['combination_mode', 'img_list'],
    enums: { combination_mode: ['double', 'triple', 'bisect', 'trisect'] },
  },
  person: {
    properties: ['user_id', 'user_id_type', 'size', 'style', 'show_avatar', 'show_name'],
    required: ['user_id'],
  },
  person_list: {
    properties: ['persons', 'lines', 'size', 'show_avatar', 'show_name', 'drop_invalid_user_id', 'icon'],
    required: ['persons'],
  },
  chart: {
    properties: ['chart_spec', 'aspect_ratio', 'color_theme', 'preview', 'height'],
    required: ['chart_spec'],
  },
  table: {
    properties: [
      'page_size',
      'row_height',
      'row_max_height',
      'freeze_first_column',
      'header_style',
      'columns',
      'rows',
    ],
    required: ['columns'],
    rootOnly: true,
  },
  hr: { properties: [] },
  audio: { properties: ['audio_id', 'file_key', 'show_time', 'style', 'fill', 'width'] },
  column_set: {
    properties: [
      'columns',
      'flex_mode',
      'horizontal_spacing',
      'horizontal_align',
      'background_style',
      'action',
    ],
    enums: { flex_mode: ['none', 'stretch', 'flow', 'bisect', 'trisect'] },
    container: true,
  },
  column: {
    properties: [...layout, 'width', 'weight', 'background_style', 'elements', 'action'],
    container: true,
  },
  form: {
    properties: [...layout, 'name', 'elements'],
    required: ['name', 'elements'],
    container: true,
    rootOnly: true,
  },
  interactive_container: {
    properties: [
      ...layout,
      ...press,
      'name',
      'width',
      'height',
      'background_style',
      'has_border',
      'border_color',
      'corner_radius',
      'elements',
    ],
    required: ['elements'],
    container: true,
  },
  collapsible_panel: {
    properties: [...layout, 'expanded', 'background_color', 'border', 'header', 'elements'],
    required: ['elements'],
    container: true,
  },
  button: {
    properties: [...press, 'text', 'type', 'size', 'width', 'icon', 'name', 'required', 'form_action_type'],
    enums: {
      type: [
        'default',
        'primary',
        'danger',
        'text',
        'primary_text',
        'danger_text',
        'primary_filled',
        'danger_filled',
        'laser',
      ],
      size: ['tiny', 'small', 'medium', 'large'],
      form_action_type: ['submit', 'reset'],
    },
    interactive: true,
  },
  input: {
    properties: [
      ...field,
      'default_value',
      'label',
      'label_position',
      'input_type',
      'show_icon',
      'rows',
      'auto_resize',
      'max_rows',
      'max_length',
    ],
    enums: { input_type: ['text', 'multiline_text', 'password'], label_position: ['top', 'left'] },
    interactive: true,
  },
  overflow: {
    properties: [...press, 'name', 'width', 'options', 'value'],
    required: ['options'],
    interactive: true,
  },
  select_static: {
    properties: [...choice, 'initial_option', 'initial_index'],
    required: ['options'],
    interactive: true,
  },
  multi_select_static: {
    properties: [...choice, 'selected_values'],
    required: ['options'],
    interactive: true,
  },
  select_person: { properties: [...choice, 'initial_option', 'initial_index'], interactive: true },
  multi_select_person: { properties: [...choice, 'selected_values'], interactive: true },
  date_picker: { properties: [...field, 'initial_date'], interactive: true },
  picker_time: { properties: [...field, 'initial_time'], interactive: true },
  picker_datetime: { properties: [...field, 'initial_datetime'], interactive: true },
  select_img: {
    properties: [...field, 'style', 'multi_select', 'layout', 'aspect_ratio', 'can_preview', 'options'],
    required: ['options'],
    interactive: true,
  },
  checker: {
    properties: [
      ...press,
      'name',
      'checked',
      'text',
      'overall_checkable',
      'button_area',
      'checked_style',
      'padding',
    ],
    interactive: true,
  },
}

export const rootProperties = ['schema', 'config', 'card_link', 'header', 'body'] as const

export const configProperties = [
  'streaming_mode',
  'streaming_config',
  'summary',
  'locales',
  'enable_forward',
  'update_multi',
  'width_mode',
  'use_custom_translation',
  'enable_forward_interaction',
  'style',
] as const

export const headerProperties = [
  'title',
  'subtitle',
  'text_tag_list',
  'i18n_text_tag_list',
  'template',
  'icon',
  'padding',
] as const

export const headerTemplates = [
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
] as const

export const bodyProperties = [...layout, 'elements'] as const

export const linkProperties = ['url', 'pc_url', 'ios_url', 'android_url'] as const
