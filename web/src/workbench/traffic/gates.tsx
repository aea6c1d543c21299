import { Check, Minus, X } from 'lucide-react'
import type { TrafficDetail } from '#sandbox/control/workbench-shapes.ts'
import { useT } from '../../shell/language.tsx'
import styles from './traffic.module.css'

const gates = [
  { id: 'token', zh: '令牌', en: 'Token' },
  { id: 'limit', zh: '频率', en: 'Rate' },
  { id: 'schema', zh: '参数校验', en: 'Schema' },
  { id: 'fault', zh: '故障', en: 'Fault' },
  { id: 'handler', zh: '执行', en: 'Handler' },
] as const

/** How far a call got: which gate of the platform let it pass and which refused it. */
export function Gates({ entry }: { entry: TrafficDetail }) {
  const t = useT()
  const cutOff = entry.fault === 'unreachable'
  const refusedAt = cutOff ? 0 : gates.findIndex(({ id }) => id === entry.refusedBy)
  return (
    <section aria-label={t('校验结果', 'Validation')}>
      <ol className={styles.gates}>
        {gates.map(({ id, zh, en }, index) => {
          const state =
            refusedAt < 0 || index < refusedAt ? 'passed' : index === refusedAt ? 'refused' : 'unasked'
          return (
            <li key={id} data-gate={id} data-state={cutOff ? 'unasked' : state}>
              {cutOff || state === 'unasked' ? (
                <Minus size={13} aria-label={t('未到', 'not reached')} />
              ) : state === 'passed' ? (
                <Check size={13} aria-label={t('通过', 'passed')} />
              ) : (
                <X size={13} aria-label={t('拒绝', 'refused')} />
              )}
              {t(zh, en)}
            </li>
          )
        })}
      </ol>
      {entry.violations.length > 0 ? (
        <ul className={styles.violations}>
          {entry.violations.map(({ field, description }) => (
            <li key={`${field} ${description}`}>
              <code>{field || '/'}</code> {description}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
