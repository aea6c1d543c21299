import type { CSSProperties } from 'react'
import { type CardObject, textOf } from './json.ts'

/** px by name. Feishu docs: 富文本组件, 字段说明. */
const textSizes: Readonly<Record<string, number>> = {
  'heading-0': 30,
  'heading-1': 24,
  'heading-2': 20,
  'heading-3': 18,
  'heading-4': 16,
  heading: 16,
  normal: 14,
  notation: 12,
  'xxxx-large': 30,
  'xxx-large': 24,
  'xx-large': 20,
  'x-large': 18,
  large: 16,
  medium: 14,
  small: 12,
  'x-small': 10,
}

/** px of a text size; unknown names are normal text. */
export function textSizeOf(value: unknown, custom: Readonly<Record<string, string>>): number {
  const name = textOf(value) ?? 'normal'
  const known = Object.hasOwn(custom, name) ? (custom[name] ?? 'normal') : name
  return Object.hasOwn(textSizes, known) ? (textSizes[known] ?? 14) : 14
}

/** px by name in JSON 2.0. Feishu docs: 卡片 JSON 2.0 结构. */
const spacings: Readonly<Record<string, number>> = { small: 4, medium: 8, large: 12, extra_large: 16 }

/** A gap as CSS: a name, or 0–99px. */
export function spacingOf(value: unknown, usual: number): number {
  const text = textOf(value) ?? ''
  if (Object.hasOwn(spacings, text)) return spacings[text] ?? usual
  const px = /^(\d{1,2})(?:px)?$/.exec(text)?.[1]
  return px === undefined ? usual : Number(px)
}

/** One to four edges as CSS, each within [-99,99]px; undefined when it is none of that. */
export function edgesOf(value: unknown): string | undefined {
  const edges = (textOf(value) ?? '').trim().split(/\s+/)
  if (edges.length > 4) return undefined
  if (!edges.every((edge) => /^-?\d{1,2}(?:px)?$/.test(edge))) return undefined
  return edges.map((edge) => `${Number.parseInt(edge, 10)}px`).join(' ')
}

/** A length in px as cards write it (`120px`), within what a screen can show. */
export function lengthOf(value: unknown): number | undefined {
  const px = /^(\d{1,4})px$/.exec(textOf(value) ?? '')?.[1]
  return px === undefined ? undefined : Number(px)
}

const horizontal: Readonly<Record<string, string>> = {
  left: 'flex-start',
  center: 'center',
  right: 'flex-end',
}
const vertical: Readonly<Record<string, string>> = { top: 'flex-start', center: 'center', bottom: 'flex-end' }

/** How a container lays its children out: direction, gaps, alignment. */
export function layoutOf(element: CardObject): CSSProperties & { '--along': string } {
  const isRow = element.direction === 'horizontal'
  const across = horizontal[textOf(element.horizontal_align) ?? ''] ?? 'flex-start'
  const down = vertical[textOf(element.vertical_align) ?? ''] ?? 'flex-start'
  return {
    flexDirection: isRow ? 'row' : 'column',
    flexWrap: isRow ? 'wrap' : 'nowrap',
    columnGap: spacingOf(element.horizontal_spacing, 8),
    rowGap: spacingOf(element.vertical_spacing, 8),
    justifyContent: isRow ? across : down,
    alignItems: isRow ? down : 'stretch',
    '--along': across,
  }
}

export function alignOf(value: unknown): 'left' | 'center' | 'right' {
  return value === 'center' || value === 'right' ? value : 'left'
}

/** CSS that cuts a text after some lines. */
export function linesStyle(lines: number | undefined): CSSProperties {
  if (lines === undefined || lines < 1) return {}
  return {
    display: '-webkit-box',
    WebkitLineClamp: Math.floor(lines),
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  }
}
