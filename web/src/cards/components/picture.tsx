import { ImageIcon } from 'lucide-react'
import { type CSSProperties, useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { useCard } from '../context.ts'
import styles from './content.module.css'

/** An uploaded image by its key; a grey picture where its bytes are not known. */
export function Picture({ imageKey, alt, style }: { imageKey: string; alt: string; style?: CSSProperties }) {
  const t = useT()
  const address = useCard().image(imageKey)
  const [failed, setFailed] = useState(false)
  if (address === undefined || failed) {
    return (
      <span className={styles.noPicture} style={style} role="img" aria-label={alt || t('图片', 'Picture')}>
        <ImageIcon size={20} aria-hidden />
      </span>
    )
  }
  return (
    <img className={styles.picture} style={style} src={address} alt={alt} onError={() => setFailed(true)} />
  )
}
