import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import styles from './shops.module.css'

export interface PagerProps {
  page: number
  pages: number
  onGo: (page: number) => void
}

export function Pager({ page, pages, onGo }: PagerProps) {
  const t = useT()
  if (pages <= 1) return null
  return (
    <nav className={styles.pager} aria-label={t('翻页', 'Pages')}>
      <Button small disabled={page <= 1} onClick={() => onGo(page - 1)}>
        {t('上一页', 'Previous')}
      </Button>
      <span>
        {page} / {pages}
      </span>
      <Button small disabled={page >= pages} onClick={() => onGo(page + 1)}>
        {t('下一页', 'Next')}
      </Button>
    </nav>
  )
}
