import { Check, Clock3, CornerUpLeft, Flag, Send, UserPlus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type {
  FlowPerson,
  FlowStep,
  InstanceStatus,
  PersonState,
} from '#sandbox/feishu/approval/web/shapes.ts'
import { type Translate, useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import styles from './flow-view.module.css'
import { statusWords } from './status.tsx'
import { fullTime } from './time.ts'

const personWords: Record<PersonState, readonly [zh: string, en: string]> = {
  PENDING: ['审批中', 'Reviewing'],
  WAITING: ['待审批', 'To come'],
  APPROVED: ['已同意', 'Approved'],
  REJECTED: ['已拒绝', 'Rejected'],
  TRANSFERRED: ['转交给', 'Transferred to'],
  DONE: ['无需处理', 'No longer needed'],
  AUTO_PASS: ['自动通过', 'Passed automatically'],
  REMOVE_REPEAT: ['已审批过，自动通过', 'Approved before, passed automatically'],
  ROLLBACK: ['已退回', 'Returned'],
  ADDED_BEFORE: ['前加签', 'Asked before deciding:'],
  ADDED_AFTER: ['后加签', 'Asked next:'],
  ADDED_BESIDE: ['并加签', 'Asked too:'],
  SUBMITTED: ['已提交', 'Submitted'],
  COPIED: ['抄送', 'Copied to'],
}

export const methodWords: Record<'AND' | 'OR' | 'SEQUENTIAL', readonly [zh: string, en: string]> = {
  AND: ['会签', 'everybody approves'],
  OR: ['或签', 'one approval is enough'],
  SEQUENTIAL: ['依次审批', 'one after the other'],
}

/** The flow from top to bottom: a dot per step, people under it. */
export function FlowView({ steps, status }: { steps: readonly FlowStep[]; status: InstanceStatus }) {
  const t = useT()
  return (
    <ol className={styles.flow}>
      {steps.map((step) => (
        <li
          key={step.id}
          className={`${styles.step} ${styles[step.state]}`}
          data-step={step.kind}
          data-state={step.state}
        >
          <span className={styles.dot}>{iconOf(step)}</span>
          <div className={styles.body}>
            <p className={styles.name}>
              <strong>{nameOf(step, status, t)}</strong>
              {step.method ? <small>{t(...methodWords[step.method])}</small> : null}
              {step.kind === 'end' && step.people[0] ? <time>{fullTime(step.people[0].at)}</time> : null}
            </p>
            {step.kind === 'end' ? null : <People step={step} />}
          </div>
        </li>
      ))}
    </ol>
  )
}

function nameOf(step: FlowStep, status: InstanceStatus, t: Translate): string {
  if (step.kind === 'start')
    return step.state === 'current' ? t('待重新提交', 'To be resubmitted') : t('提交', 'Submitted')
  if (step.kind === 'copy') return t('抄送', 'Copied')
  if (step.kind === 'node') return step.name
  return step.state === 'coming' ? t('结束', 'End') : t(...statusWords[status])
}

function iconOf(step: FlowStep): ReactNode {
  if (step.state === 'refused') return <X size={12} strokeWidth={3} aria-hidden />
  if (step.state === 'current') return <Clock3 size={12} strokeWidth={2.5} aria-hidden />
  if (step.kind === 'copy') return <Send size={11} strokeWidth={2.5} aria-hidden />
  if (step.kind === 'end') return <Flag size={11} strokeWidth={2.5} aria-hidden />
  if (step.state === 'done') return <Check size={12} strokeWidth={3} aria-hidden />
  return null
}

function People({ step }: { step: FlowStep }) {
  return (
    <ul className={styles.people}>
      {step.people.map((person) => (
        <li key={person.id} data-person-state={person.state}>
          <Person person={person} />
        </li>
      ))}
    </ul>
  )
}

function Person({ person }: { person: FlowPerson }) {
  const t = useT()
  const { who, state, others } = person
  const own = state === 'COPIED' ? others : null
  const name = who.name || t('系统', 'System')
  return (
    <>
      {own ? null : <Avatar name={name} size={26} />}
      <div className={styles.person}>
        <p className={styles.line}>
          {own ? (
            <span>{own.map((one) => one.name).join('、')}</span>
          ) : (
            <span className={styles.who}>{name}</span>
          )}
          {own ? null : (
            <span className={`${styles.word} ${styles[state]}`}>
              {markOf(state)}
              {t(...personWords[state])}
              {others.length > 0 ? ` ${others.map((one) => one.name).join('、')}` : ''}
            </span>
          )}
          {person.at > 0 && state !== 'PENDING' ? <time>{fullTime(person.at)}</time> : null}
        </p>
        {person.comment ? <p className={styles.comment}>{person.comment}</p> : null}
      </div>
    </>
  )
}

function markOf(state: PersonState): ReactNode {
  if (state === 'ROLLBACK') return <CornerUpLeft size={13} aria-hidden />
  if (state.startsWith('ADDED')) return <UserPlus size={13} aria-hidden />
  return null
}
