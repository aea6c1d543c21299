import type { ElementProps } from '../elements.tsx'
import { isObject, objectOf, objectsOf } from '../json.ts'
import { CardIcon } from '../parts/icon.tsx'
import { CardText } from '../parts/text.tsx'
import { lengthOf } from '../sizes.ts'
import styles from './content.module.css'

/** Plain text, with an icon before it and fields below it, two beside each other when they are short. */
export function Div({ element }: ElementProps) {
  const fields = objectsOf(element.fields)
  return (
    <div className={styles.div} style={{ width: lengthOf(element.width) }}>
      {isObject(element.icon) ? <CardIcon icon={element.icon} /> : null}
      <div className={styles.divTexts}>
        {isObject(element.text) ? <CardText text={element.text} /> : null}
        {fields.length > 0 ? (
          <div className={styles.fields}>
            {fields.map((field, index) => (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: fields have no names
                key={index}
                className={field.is_short === true ? styles.short : styles.long}
                data-field=""
              >
                <CardText text={objectOf(field.text)} />
              </div>
            ))}
          </div>
        ) : null}
      </div>
    </div>
  )
}
