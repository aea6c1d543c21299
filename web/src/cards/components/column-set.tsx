import type { CSSProperties, MouseEvent } from 'react'
import { backgroundOf } from '../colors.ts'
import { useCard } from '../context.ts'
import { type ElementProps, Elements } from '../elements.tsx'
import { type CardObject, isObject, numberOf, objectOf, objectsOf, textOf } from '../json.ts'
import { deviceLink, openLink } from '../links.ts'
import { edgesOf, layoutOf, lengthOf, spacingOf } from '../sizes.ts'
import styles from './containers.module.css'

const along: Readonly<Record<string, string>> = { left: 'flex-start', center: 'center', right: 'flex-end' }

/** Columns beside each other; on a narrow screen as `flex_mode` says. Feishu docs: 分栏. */
export function ColumnSet({ element }: ElementProps) {
  const card = useCard()
  const gap = spacingOf(element.horizontal_spacing, 8)
  const columns = objectsOf(element.columns)
  return (
    <div
      className={styles.columns}
      data-flex={textOf(element.flex_mode) ?? 'none'}
      style={
        {
          '--gap': `${gap}px`,
          justifyContent: along[textOf(element.horizontal_align) ?? 'left'],
          background: backgroundOf(element.background_style, card.colors),
          ...(element.background_style !== undefined &&
            element.background_style !== 'default' && { borderRadius: 8, padding: '8px 12px' }),
        } as CSSProperties
      }
      {...useJump(element)}
    >
      {columns.map((column, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
        <Column key={index} element={column} />
      ))}
    </div>
  )
}

const down: Readonly<Record<string, string>> = { top: 'flex-start', center: 'center', bottom: 'flex-end' }

function Column({ element }: ElementProps) {
  const card = useCard()
  return (
    <div
      className={styles.column}
      data-tag="column"
      data-width={textOf(element.width) ?? 'auto'}
      data-element-id={textOf(element.element_id)}
      style={{
        ...layoutOf(element),
        ...widthOf(element),
        alignSelf: element.vertical_align === undefined ? undefined : down[String(element.vertical_align)],
        padding: edgesOf(element.padding),
        margin: edgesOf(element.margin),
        background: backgroundOf(element.background_style, card.colors),
        ...(element.background_style !== undefined && { borderRadius: 8 }),
      }}
      {...useJump(element)}
    >
      <Elements list={element.elements} />
    </div>
  )
}

/** auto: as wide as what it holds; weighted: a share of what is left; or px. */
function widthOf(element: CardObject): CSSProperties {
  const px = lengthOf(element.width)
  if (px !== undefined) return flex(`0 0 ${px}px`)
  if (element.width !== 'weighted') return flex('0 1 auto')
  const weight = Math.min(Math.max(numberOf(element.weight) ?? 1, 1), 5)
  return flex(`${weight} ${weight} 0`)
}

/** As a variable, because a narrow screen has its own rule. */
function flex(value: string): CSSProperties {
  return { '--flex': value, minWidth: 0, maxWidth: '100%' } as CSSProperties
}

/** A whole column (set) may be a link. */
function useJump(element: CardObject) {
  const { device } = useCard()
  const urls = objectOf(element.action).multi_url
  const link = isObject(urls) ? deviceLink(urls, device, 'url') : undefined
  if (link === undefined) return {}
  return {
    role: 'link',
    tabIndex: 0,
    onClick: (event: MouseEvent) => {
      event.stopPropagation()
      openLink(link)
    },
    onKeyDown: (event: { key: string }) => {
      if (event.key === 'Enter') openLink(link)
    },
  }
}
