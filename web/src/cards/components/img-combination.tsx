import type { ElementProps } from '../elements.tsx'
import { objectsOf, textOf } from '../json.ts'
import styles from './content.module.css'
import { Picture } from './picture.tsx'

/** Two to nine pictures in one frame. Feishu docs: 多图混排. */
export function ImgCombination({ element }: ElementProps) {
  const mode = textOf(element.combination_mode) ?? 'double'
  const radius = /^\d{1,3}(?:px|%)$/.exec(textOf(element.corner_radius) ?? '')?.[0]
  return (
    <div className={styles.combination} data-mode={mode} style={{ borderRadius: radius }}>
      {objectsOf(element.img_list).map((image, index) => (
        <Picture
          // biome-ignore lint/suspicious/noArrayIndexKey: the same picture may stand twice
          key={index}
          imageKey={textOf(image.img_key) ?? ''}
          alt=""
          style={{ width: '100%', height: '100%', objectFit: 'cover' }}
        />
      ))}
    </div>
  )
}
