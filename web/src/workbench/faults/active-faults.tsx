import { Zap } from 'lucide-react'
import type { ActiveFault, FaultKindInfo } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import styles from './faults.module.css'

interface ActiveFaultsProps {
  faults: readonly ActiveFault[]
  kinds: readonly FaultKindInfo[]
}

/** What is broken now, how often it struck, and taking it away. */
export function ActiveFaults({ faults, kinds }: ActiveFaultsProps) {
  const t = useT()
  const attempt = useTry()
  const title = t('正在生效', 'In force')
  return (
    <section className={panel.panel} aria-label={title} data-broken={faults.length > 0}>
      <header>
        <h3>{title}</h3>
        <p>
          {faults.length === 0
            ? t('一切正常', 'All is well')
            : t(`${faults.length} 个故障`, `${faults.length} faults`)}
        </p>
        {faults.length > 0 ? (
          <Button small look="primary" onClick={() => attempt(() => control('faults', { clear: true }))}>
            {t('全部移除', 'Remove all')}
          </Button>
        ) : null}
      </header>
      {faults.length === 0 ? null : (
        <ul className={panel.list}>
          {faults.map((fault) => (
            <li key={fault.id} data-fault={fault.kind}>
              <Zap size={16} className={styles.zap} aria-hidden />
              <Words fault={fault} kind={kinds.find(({ kind }) => kind === fault.kind)} />
              <span className={`${panel.chip} ${fault.struck > 0 ? panel.violet : ''}`}>
                {t(`已命中 ${fault.struck} 次`, `struck ${fault.struck}×`)}
              </span>
              {fault.times === undefined ? null : (
                <span className={panel.chip}>{t(`还剩 ${fault.times} 次`, `${fault.times} left`)}</span>
              )}
              <Button
                small
                className={styles.remove}
                onClick={() => attempt(() => control('faults', { clear: fault.id }))}
                aria-label={t(`移除 ${fault.kind}`, `Remove ${fault.kind}`)}
              >
                {t('移除', 'Remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Words({ fault, kind }: { fault: ActiveFault; kind: FaultKindInfo | undefined }) {
  const t = useT()
  const details = [
    fault.family,
    fault.route,
    fault.probability === undefined ? undefined : `${Math.round(fault.probability * 100)} %`,
    fault.ms === undefined ? undefined : `${fault.ms} ms`,
    fault.code === undefined ? undefined : `code ${fault.code}`,
  ].filter((one) => one !== undefined)
  return (
    <span className={panel.grow}>
      <span>{kind ? t(kind.zh, kind.en) : fault.kind}</span>
      <br />
      <span className={panel.quiet}>
        <code>{fault.kind}</code>
        {details.length > 0 ? ` · ${details.join(' · ')}` : ''}
      </span>
    </span>
  )
}
