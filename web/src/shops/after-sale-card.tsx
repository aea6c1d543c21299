import { useState } from 'react'
import type { WebAfterSale } from '#sandbox/channels/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { useTry } from '../ui/toast.tsx'
import styles from './after-sale-card.module.css'
import { Badge } from './badge.tsx'
import { exactTime, shortTime, yuan } from './format.ts'
import { afterSaleActors, afterSaleActs, afterSaleWords, refundTypeWords } from './words.ts'

/** One after-sale case: what is asked, and who did what about it. */
export function AfterSaleCard({ item }: { item: WebAfterSale }) {
  const t = useT()
  const [zh, en] = refundTypeWords(item.type)
  return (
    <article className={styles.case} aria-label={`${t('售后单', 'Case')} ${item.id}`}>
      <div className={styles.head}>
        <strong>{yuan(item.amount)}</strong>
        <Badge words={afterSaleWords(item.status, item.refund_status)} />
      </div>
      <p className={styles.about}>
        {t(zh, en)} · {item.reason}
      </p>
      <p className={styles.about}>
        <span className={styles.mono}>{item.id}</span>
        {item.open ? ` · ${t('处理期限', 'due')} ${shortTime(item.deadline)}` : ''}
      </p>
      <ol className={styles.steps}>
        {item.steps.map((step) => (
          <li key={`${step.at}-${step.what}`}>
            <time title={exactTime(step.at)}>{shortTime(step.at)}</time>
            <span data-by={step.by}>{t(...pair(afterSaleActors[step.by]))}</span>{' '}
            {t(...pair(afterSaleActs[step.what]))}
            {step.note !== '' && step.what === 'refused' ? `：${step.note}` : ''}
          </li>
        ))}
      </ol>
      <Acts item={item} />
    </article>
  )
}

const pair = (words: readonly [string, string, ...unknown[]]): [string, string] => [words[0], words[1]]

function Acts({ item }: { item: WebAfterSale }) {
  const t = useT()
  const attempt = useTry()
  const [busy, setBusy] = useState(false)
  if (!item.open) return null
  const act = async (what: 'withdraw' | 'return') => {
    setBusy(true)
    await attempt(() => send('POST', `after-sales/${item.id}/${what}`))
    setBusy(false)
  }
  return (
    <div className={styles.acts}>
      {item.may_return ? (
        <Button small look="primary" busy={busy} onClick={() => act('return')}>
          {t('买家寄回商品', 'Send the goods back')}
        </Button>
      ) : null}
      <Button small busy={busy} onClick={() => act('withdraw')}>
        {t('买家撤销申请', 'Withdraw')}
      </Button>
    </div>
  )
}
