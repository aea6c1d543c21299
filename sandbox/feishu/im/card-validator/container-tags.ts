import {
  anything,
  boolean,
  edges,
  icon,
  integer,
  length,
  oneOf,
  plainText,
  radius,
  type Shape,
  shaped,
  spacing,
  string,
} from './kinds.ts'
import type { TagRule } from './tags.ts'

/** How a container lays out what it holds. */
export const layout: Shape = {
  direction: oneOf('vertical', 'horizontal'),
  horizontal_spacing: spacing,
  horizontal_align: oneOf('left', 'center', 'right'),
  vertical_spacing: spacing,
  vertical_align: oneOf('top', 'center', 'bottom'),
  padding: edges(0, 99),
}

/** Where a press of a column (set) leads. */
const action = shaped({
  multi_url: shaped({ url: string, pc_url: string, ios_url: string, android_url: string }),
})

const panelHeader = shaped({
  title: anything,
  background_color: string,
  vertical_align: oneOf('top', 'center', 'bottom'),
  padding: anything,
  position: oneOf('top', 'bottom'),
  width: length(1, 999, 'auto', 'auto_when_fold', 'fill'),
  icon,
  icon_position: oneOf('left', 'right', 'follow_text'),
  icon_expanded_angle: oneOf(-180, -90, 90, 180),
})

export const containerTags: Readonly<Record<string, TagRule>> = {
  column_set: {
    properties: {
      columns: anything,
      flex_mode: oneOf('none', 'stretch', 'flow', 'bisect', 'trisect'),
      horizontal_spacing: spacing,
      horizontal_align: oneOf('left', 'center', 'right'),
      background_style: string,
      action,
    },
    container: true,
  },
  column: {
    properties: {
      ...layout,
      width: length(16, 600, 'auto', 'weighted'),
      weight: integer(1, 5),
      background_style: string,
      elements: anything,
      action,
    },
    container: true,
  },
  form: {
    properties: { ...layout, name: string, elements: anything },
    required: ['name', 'elements'],
    container: true,
    rootOnly: true,
  },
  interactive_container: {
    properties: {
      ...layout,
      behaviors: anything,
      confirm: anything,
      disabled: boolean,
      disabled_tips: plainText(),
      hover_tips: plainText(),
      name: string,
      width: length(16, 999, 'fill', 'auto'),
      height: length(10, 999, 'auto'),
      background_style: string,
      has_border: boolean,
      border_color: string,
      corner_radius: radius,
      elements: anything,
    },
    required: ['elements'],
    container: true,
  },
  collapsible_panel: {
    properties: {
      ...layout,
      expanded: boolean,
      background_color: string,
      border: shaped({ color: string, corner_radius: radius }),
      header: panelHeader,
      elements: anything,
    },
    required: ['elements'],
    container: true,
  },
}
