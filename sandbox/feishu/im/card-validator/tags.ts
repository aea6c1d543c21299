/**
 * What each component of card JSON 2.0 may hold. Feishu docs: 卡片 JSON 2.0 组件概述 and the page of each component.
 * Properties outside these lists are refused, because schema 2.0 refuses them.
 */
import { containerTags } from './container-tags.ts'
import { contentTags } from './content-tags.ts'
import { interactiveTags } from './interactive-tags.ts'
import { edges, type Shape, string } from './kinds.ts'

export interface TagRule {
  /** allowed properties besides tag, element_id and margin */
  properties: Shape
  /** of these, which must be there */
  required?: readonly string[]
  /** may hold other components in `elements` (or `columns`) */
  container?: true
  /** people press or fill it; inside a form it needs a unique name */
  interactive?: true
  /** only directly in body.elements */
  rootOnly?: true
}

export const removedTags: ReadonlySet<string> = new Set(['note', 'action'])

/** What every component may say. */
export const commonProperties: Shape = { tag: string, element_id: () => undefined, margin: edges(-99, 99) }

export const tagRules: Readonly<Record<string, TagRule>> = {
  ...contentTags,
  ...containerTags,
  ...interactiveTags,
}
