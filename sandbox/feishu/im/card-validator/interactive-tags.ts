import {
  anything,
  boolean,
  edges,
  icon,
  integer,
  type Kind,
  length,
  listOf,
  number,
  object,
  oneOf,
  plainText,
  richText,
  type Shape,
  shaped,
  string,
} from './kinds.ts'
import { malformed } from './problem.ts'
import type { TagRule } from './tags.ts'

const longestPlaceholder = 100

const press: Shape = {
  name: string,
  behaviors: anything,
  confirm: anything,
  disabled: boolean,
  disabled_tips: plainText(),
  hover_tips: plainText(),
}

/** What a callback carries: a text or an object. */
const answerValue: Kind = (value, at) => {
  if (typeof value !== 'string') object(value, at)
}

const fieldWidth = length(100, 9999, 'default', 'fill')

const field: Shape = {
  ...press,
  required: boolean,
  placeholder: plainText(longestPlaceholder),
  width: fieldWidth,
  value: answerValue,
}

const choice: Shape = { ...field, type: oneOf('default', 'text'), options: anything }

/** A moment as text in the format of its picker. */
function moment(shape: RegExp, format: string): Kind {
  return (value, at) => {
    if (value !== '' && !(typeof value === 'string' && shape.test(value)))
      throw malformed(at.path, `${at.name} must be ${format}`)
  }
}

const buttonArea = shaped({ pc_display_rule: oneOf('always', 'on_hover'), buttons: listOf(object, 3) })

const selected = listOf(string)

/** Components people press or fill in. */
export const interactiveTags: Readonly<Record<string, TagRule>> = {
  button: {
    properties: {
      ...press,
      text: plainText(),
      type: oneOf(
        'default',
        'primary',
        'danger',
        'text',
        'primary_text',
        'danger_text',
        'primary_filled',
        'danger_filled',
        'laser',
      ),
      size: oneOf('tiny', 'small', 'medium', 'large'),
      width: length(1, 9999, 'default', 'fill'),
      icon,
      required: boolean,
      form_action_type: oneOf('submit', 'reset'),
    },
    interactive: true,
  },
  input: {
    properties: {
      ...field,
      default_value: string,
      label: plainText(),
      label_position: oneOf('top', 'left'),
      input_type: oneOf('text', 'multiline_text', 'password'),
      show_icon: boolean,
      rows: integer(1, 100),
      auto_resize: boolean,
      max_rows: integer(1, 100),
      max_length: anything,
    },
    interactive: true,
  },
  overflow: {
    properties: { ...press, width: fieldWidth, options: anything, value: answerValue },
    required: ['options'],
    interactive: true,
  },
  select_static: {
    properties: { ...choice, initial_option: string, initial_index: integer(1, 10_000) },
    required: ['options'],
    interactive: true,
  },
  multi_select_static: {
    properties: { ...choice, selected_values: selected },
    required: ['options'],
    interactive: true,
  },
  select_person: {
    properties: { ...choice, initial_option: string, initial_index: integer(1, 10_000) },
    interactive: true,
  },
  multi_select_person: { properties: { ...choice, selected_values: selected }, interactive: true },
  date_picker: {
    properties: { ...field, initial_date: moment(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD') },
    interactive: true,
  },
  picker_time: {
    properties: { ...field, initial_time: moment(/^\d{2}:\d{2}$/, 'HH:mm') },
    interactive: true,
  },
  picker_datetime: {
    properties: { ...field, initial_datetime: moment(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/, 'YYYY-MM-DD HH:mm') },
    interactive: true,
  },
  select_img: {
    properties: {
      ...field,
      style: oneOf('default', 'laser'),
      multi_select: boolean,
      layout: oneOf('stretch', 'bisect', 'trisect'),
      aspect_ratio: oneOf('1:1', '16:9', '4:3'),
      can_preview: boolean,
      options: anything,
    },
    required: ['options'],
    interactive: true,
  },
  checker: {
    properties: {
      ...press,
      checked: boolean,
      text: richText,
      overall_checkable: boolean,
      button_area: buttonArea,
      checked_style: shaped({ show_strikethrough: boolean, opacity: number(0, 1) }),
      padding: edges(0, 99),
    },
    interactive: true,
  },
}
