import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { Detail } from './detail.tsx'
import { ListPane } from './list-pane.tsx'
import styles from './workspace.module.css'

/** The list at the left, one approval at the right; on a phone one of them. */
export function Workspace({ open }: { open: string | undefined }) {
  const t = useT()
  return (
    <div className={styles.workspace} data-open={open !== undefined}>
      <ListPane open={open} />
      <section className={styles.detail} aria-label={t('审批详情', 'Approval')}>
        {open === undefined ? (
          <Empty
            title={t('选择一个审批', 'Choose an approval')}
            text={t('在左侧列表里点开要处理的审批', 'Open one from the list to handle it')}
          />
        ) : (
          <Detail key={open} code={open} />
        )}
      </section>
    </div>
  )
}
