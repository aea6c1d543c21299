import { type ComponentType, Fragment } from 'react'
import { useT } from '../shell/language.tsx'
import styles from './card.module.css'
import { components } from './components/index.ts'
import { ElementBoundary } from './element-boundary.tsx'
import { type CardObject, objectsOf, textOf } from './json.ts'
import { edgesOf } from './sizes.ts'

export interface ElementProps {
  element: CardObject
}

export type ElementComponent = ComponentType<ElementProps>

/** Tags that are only as wide as what they show, unless they say otherwise. */
const narrow = new Set([
  'button',
  'overflow',
  'person',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
])

/** The components of an `elements` list, in order. An element that changed is drawn anew. */
export function Elements({ list }: { list: unknown }) {
  return objectsOf(list).map((element, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: elements may be alike, and what changed is drawn anew
    <Fragment key={`${index} ${JSON.stringify(element)}`}>
      <Element element={element} />
    </Fragment>
  ))
}

function Element({ element }: ElementProps) {
  const tag = textOf(element.tag) ?? ''
  const Component = Object.hasOwn(components, tag) ? components[tag] : undefined
  const isNarrow = narrow.has(tag) && element.width !== 'fill'
  return (
    <div
      className={`${styles.element} ${isNarrow ? styles.narrow : ''} ${tag === 'hr' ? styles.rule : ''}`}
      style={marginOf(element)}
      data-tag={tag}
      data-name={textOf(element.name)}
      data-element-id={textOf(element.element_id)}
    >
      <ElementBoundary>{Component ? <Component element={element} /> : <Unknown />}</ElementBoundary>
    </div>
  )
}

/** A negative margin makes the element wider than its place. */
function marginOf(element: CardObject) {
  const margin = edgesOf(element.margin)
  return margin?.includes('-') ? { margin, maxWidth: 'none' } : { margin }
}

/** What Feishu shows in the place of a component that this client does not know. */
function Unknown() {
  const t = useT()
  return (
    <p className={styles.unknown}>{t('请升级至最新版本客户端，以查看内容', 'Update the app to see this')}</p>
  )
}
