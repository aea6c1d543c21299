import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useCard } from '../context.ts'
import type { ElementProps } from '../elements.tsx'
import { type CardObject, isObject, objectOf, textOf } from '../json.ts'
import { CardText, useWords } from '../parts/text.tsx'
import styles from './content.module.css'
import { Picture } from './picture.tsx'

/** Feishu docs: 图片组件, size. */
const sizes: Readonly<Record<string, readonly [width: number, height: number]>> = {
  large: [160, 160],
  medium: [80, 80],
  small: [40, 40],
  tiny: [16, 16],
}

/** A picture; pressing it shows it large unless the card says otherwise. */
export function Img({ element }: ElementProps) {
  const t = useT()
  const { language } = useCard()
  const words = useWords()
  const [large, setLarge] = useState(false)
  const key = textOf(objectOf(element.i18n_img_key)[language]) ?? textOf(element.img_key) ?? ''
  const alt = words(element.alt)
  const picture = <Picture imageKey={key} alt={alt} style={styleOf(element)} />
  return (
    <figure className={styles.figure}>
      {isObject(element.title) ? <CardText text={element.title} /> : null}
      {element.preview === false ? (
        picture
      ) : (
        <button
          type="button"
          className={styles.pictureButton}
          aria-label={t(`放大图片 ${alt}`, `Enlarge ${alt}`)}
          onClick={() => setLarge(true)}
        >
          {picture}
        </button>
      )}
      {large ? (
        <Dialog title={alt || t('图片', 'Picture')} width={960} onClose={() => setLarge(false)}>
          <Picture imageKey={key} alt={alt} style={{ width: '100%', objectFit: 'contain' }} />
        </Dialog>
      ) : null}
    </figure>
  )
}

function styleOf(element: CardObject) {
  const radius = /^\d{1,3}(?:px|%)$/.exec(textOf(element.corner_radius) ?? '')?.[0]
  const own = /^(\d{1,4})px (\d{1,4})px$/.exec(textOf(element.size) ?? '')
  const [width, height] = own ? [Number(own[1]), Number(own[2])] : (sizes[textOf(element.size) ?? ''] ?? [])
  const isCut = textOf(element.scale_type)?.startsWith('crop')
  return {
    borderRadius: radius,
    ...(width !== undefined && !String(element.size).startsWith('stretch') && { width, height }),
    ...(element.scale_type === 'crop_top' && { objectPosition: 'top' as const }),
    ...(isCut && { objectFit: 'cover' as const, maxHeight: 320 }),
  }
}
