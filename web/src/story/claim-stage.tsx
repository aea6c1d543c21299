import { Clock3, Table2 } from 'lucide-react'
import type { WebStory } from '#sandbox/world/story/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { CardPreview } from './card-preview.tsx'
import styles from './claim-stage.module.css'

/** The card as it is now, who took it and how fast, the row, and what the second person sees. */
export function ClaimStage({ story }: { story: WebStory }) {
  const t = useT()
  const { order, claim } = story
  if (order === null)
    return <p className={styles.empty}>{t('先来一单，才有卡片可认领', 'There is no card to claim yet')}</p>
  const written = story.steps.some((step) => step.checks.some((check) => check.id === 'row' && check.done))
  return (
    <div className={styles.stage}>
      <CardPreview order={order} />
      {claim ? (
        <ul className={styles.people}>
          <li>
            <Avatar name={claim.by} size={34} />
            <span>
              <b>{claim.by}</b> {t('先认领了', 'was first')}
              <small>
                <Clock3 size={13} aria-hidden />{' '}
                {claim.seconds === null
                  ? t('正在写进表格…', 'being written into the row …')
                  : t(`首次响应 ${claim.seconds} 秒`, `first response ${claim.seconds} s`)}
              </small>
            </span>
          </li>
          {claim.second ? (
            <li>
              <Avatar name={claim.second} size={34} />
              <span>
                <b>{claim.second}</b>{' '}
                {claim.told
                  ? t('晚了一步，看到提示：', 'was late and is told:')
                  : t('看到了是谁先接的', 'sees who was first')}
                {claim.told ? <q>{claim.told}</q> : null}
              </span>
            </li>
          ) : null}
          {written ? (
            <li>
              <span className={styles.icon}>
                <Table2 size={18} aria-hidden />
              </span>
              <span>
                {t('多维表格「订单」：跟进人', 'Base: follower')} <b>{claim.by}</b>
              </span>
            </li>
          ) : null}
        </ul>
      ) : null}
    </div>
  )
}
