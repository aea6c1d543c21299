import type { WebWriteBack } from '#sandbox/erp/web/shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Badge } from '../badge.tsx'
import { exactTime } from '../format.ts'
import { Loaded } from '../load-state.tsx'
import styles from '../shops.module.css'
import { erpRefundWords, type Words } from '../words.ts'
import own from './erp.module.css'

/** What the merchant system wrote into the ERP, accepted or refused. */
export function WriteBacks() {
  const t = useT()
  const writes = useWeb<WebWriteBack[]>('erp/write-backs', ['jushuitan-write-backs'])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('回写记录', 'Write-backs')}</h1>
        <span className={styles.hint}>
          {t('飞书里的决定，是怎么回到 ERP 的', 'How decisions made in Feishu came back')}
        </span>
      </header>
      <section className={`${styles.panel} ${styles.flush}`} aria-label={t('回写', 'Writes')}>
        <Loaded query={writes}>
          {(list) =>
            list.length === 0 ? (
              <Empty title={t('还没有回写', 'Nothing was written yet')} />
            ) : (
              <ul className={`${own.list} ${own.records}`}>
                {list.map((write) => (
                  <li key={`${write.at}-${write.refunds.join()}-${write.what}`} className={own.row}>
                    <time className={styles.quiet}>{exactTime(write.at)}</time>
                    <Badge words={wordsOf(write)} />
                    <span className={styles.mono}>{write.refunds.join(t('、', ', '))}</span>
                    <span className={write.accepted ? styles.quiet : styles.problem}>
                      {write.accepted ? t('已接受', 'accepted') : write.answer}
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </div>
  )
}

function wordsOf({ what, shop_status }: WebWriteBack): Words {
  return what === 'confirm' ? ['确认退款', 'Confirm', 'blue'] : erpRefundWords('', shop_status)
}
