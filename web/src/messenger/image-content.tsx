import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { addressOf } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './content.module.css'

/** An uploaded picture; pressing it shows it large. */
export function ImageContent({ imageKey }: { imageKey: string }) {
  const [state, setState] = useState<'shown' | 'gone' | 'large'>('shown')
  const t = useT()
  const address = addressOf(`messenger/images/${encodeURIComponent(imageKey)}`)
  if (state === 'gone')
    return (
      <span className={styles.gone}>
        <ImageOff size={18} aria-hidden /> {t('图片已过期', 'The picture is gone')}
      </span>
    )
  return (
    <>
      <button
        type="button"
        className={styles.image}
        aria-label={t('查看图片', 'View picture')}
        onClick={() => setState('large')}
      >
        <img src={address} alt={t('图片', 'Picture')} onError={() => setState('gone')} />
      </button>
      {state === 'large' ? (
        <Dialog title={t('图片', 'Picture')} width={960} onClose={() => setState('shown')}>
          <img className={styles.large} src={address} alt={t('图片', 'Picture')} />
        </Dialog>
      ) : null}
    </>
  )
}
