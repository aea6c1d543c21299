import type { GalleryGroup } from '../shapes.ts'
import type { Refused } from './build.ts'
import { content } from './content.ts'
import { interactive } from './interactive.ts'
import { structure } from './structure.ts'

export type { Refused } from './build.ts'

const groups = [
  { id: 'structure', title: '结构与上限', cards: structure },
  { id: 'content', title: '展示组件', cards: content },
  { id: 'interactive', title: '交互组件', cards: interactive },
] as const

export const refusedGroups: readonly GalleryGroup[] = groups.map(({ id, title }) => ({ id, title }))

/** Cards that are refused, each with exactly what the send API answers. */
export const refusedCards: readonly (Refused & { group: string })[] = groups.flatMap(({ id, cards }) =>
  cards.map((one) => ({ ...one, group: id })),
)
