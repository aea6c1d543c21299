import { Check, LoaderCircle } from 'lucide-react'
import type { StoryApproval, StoryRefund, WebStory } from '#sandbox/world/story/shapes.ts'
import { useT } from '../shell/language.tsx'
import { yuan } from '../shops/format.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import styles from './refund-stage.module.css'
import { useStoryActs } from './use-story.ts'

const places = [
  { check: 'erp', zh: 'ERP', en: 'ERP' },
  { check: 'platform', zh: '平台', en: 'Platform' },
  { check: 'ledger', zh: '财务流水', en: 'Ledger' },
  { check: 'shown', zh: '卡片', en: 'Card' },
] as const

/** The supervisor's phone, and the four places that follow the decision. */
export function RefundStage({ story }: { story: WebStory }) {
  const t = useT()
  const step = story.steps.find((one) => one.id === 'refund')
  const isDone = (id: string) => step?.checks.some((check) => check.id === id && check.done) === true
  return (
    <div className={styles.stage}>
      <section className={styles.phone} aria-label={t('主管的手机', 'The supervisor’s phone')}>
        <div className={styles.notch} aria-hidden />
        {story.refund ? (
          <Screen refund={story.refund} />
        ) : (
          <p className={styles.idle}>{t('还没有待处理的审批', 'Nothing to decide yet')}</p>
        )}
      </section>
      <ul className={styles.places} aria-label={t('跟着变的地方', 'What follows')}>
        {places.map(({ check, zh, en }) => (
          <li key={check} data-done={isDone(check)}>
            <span className={styles.tick}>
              {isDone(check) ? (
                <Check size={18} aria-label={t('完成', 'done')} />
              ) : isDone('approved') ? (
                <LoaderCircle size={18} className={styles.turning} aria-label={t('进行中', 'under way')} />
              ) : null}
            </span>
            {t(zh, en)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Screen({ refund }: { refund: StoryRefund }) {
  const t = useT()
  const { approval } = refund
  return (
    <div className={styles.screen}>
      <p className={styles.bar}>{t('审批', 'Approval')}</p>
      <p className={styles.amount}>
        <small>{t('退款金额', 'Refund')}</small>
        {yuan(refund.amount)}
      </p>
      {approval ? (
        <Decision approval={approval} />
      ) : (
        <p className={styles.idle}>
          <LoaderCircle size={16} className={styles.turning} aria-hidden />{' '}
          {t('审批正在送达…', 'The approval is on its way …')}
        </p>
      )}
    </div>
  )
}

function Decision({ approval }: { approval: StoryApproval }) {
  const t = useT()
  const acts = useStoryActs()
  return (
    <>
      <dl>
        {approval.lines.slice(0, 5).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.who}>
        <Avatar name={approval.approver} size={26} />
        {approval.approver}
        <span data-status={approval.status}>
          {approval.status === 'APPROVED'
            ? t('已同意', 'approved')
            : approval.status === 'PENDING'
              ? t('待处理', 'to decide')
              : t('已结束', 'ended')}
        </span>
      </p>
      {approval.status === 'PENDING' ? (
        <Button look="primary" busy={acts.busy} onClick={() => acts.doAct('approve')}>
          {t('同意', 'Approve')}
        </Button>
      ) : null}
    </>
  )
}
