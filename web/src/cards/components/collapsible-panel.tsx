import { useId, useState } from 'react'
import { backgroundOf, borderColorOf } from '../colors.ts'
import { useCard } from '../context.ts'
import { type ElementProps, Elements } from '../elements.tsx'
import { type CardObject, isObject, numberOf, objectOf, textOf } from '../json.ts'
import { CardIcon } from '../parts/icon.tsx'
import { CardText } from '../parts/text.tsx'
import { edgesOf, layoutOf, lengthOf } from '../sizes.ts'
import styles from './containers.module.css'

const arrow: CardObject = { tag: 'standard_icon', token: 'down-small-ccm_outlined' }

/** A part of the card that opens and closes on the screen of the one who presses it. Feishu docs: 折叠面板. */
export function CollapsiblePanel({ element }: ElementProps) {
  const card = useCard()
  const id = useId()
  const [open, setOpen] = useState(element.expanded === true)
  const header = objectOf(element.header)
  const border = isObject(element.border) ? element.border : undefined
  const icon = isObject(header.icon) ? header.icon : arrow
  const turn = open ? (numberOf(header.icon_expanded_angle) ?? 180) : 0
  return (
    <div
      className={styles.panel}
      style={{
        background: backgroundOf(element.background_color, card.colors),
        border: border ? `1px solid ${borderColorOf(border.color, card.colors)}` : undefined,
        borderRadius: /^\d{1,3}(?:px|%)$/.exec(textOf(border?.corner_radius) ?? '')?.[0],
      }}
    >
      <button
        type="button"
        className={styles.panelHeader}
        data-icon-at={textOf(header.icon_position) ?? 'right'}
        style={{
          padding: edgesOf(header.padding),
          background: backgroundOf(header.background_color, card.colors),
          ...(header.width !== undefined &&
            header.width !== 'fill' && { width: lengthOf(header.width) ?? 'auto' }),
        }}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {isObject(header.title) ? <CardText text={header.title} /> : null}
        <span className={styles.panelIcon} style={{ rotate: `${turn}deg` }}>
          <CardIcon icon={icon} size={14} />
        </span>
      </button>
      {open ? (
        <div
          id={id}
          className={styles.stack}
          style={{ ...layoutOf(element), padding: edgesOf(element.padding) ?? '8px' }}
        >
          <Elements list={element.elements} />
        </div>
      ) : null}
    </div>
  )
}
