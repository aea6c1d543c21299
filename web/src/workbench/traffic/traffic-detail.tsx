import { ArrowLeft, X } from 'lucide-react'
import { useState } from 'react'
import type { TrafficDetail } from '#sandbox/control/workbench-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useLanguage, useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CopyButton } from '../copy-button.tsx'
import { JsonView } from '../json-view.tsx'
import panel from '../panel.module.css'
import { dayTime } from '../times.ts'
import { curlOf } from './curl.ts'
import { Gates } from './gates.tsx'
import { OutcomeChip } from './outcome-chip.tsx'
import styles from './traffic.module.css'
import { titleOf } from './traffic-lines.tsx'
import { Tries } from './tries.tsx'

/** Everything known about one entry. */
export function TrafficDetailPane({ n, onClose }: { n: string; onClose: () => void }) {
  const t = useT()
  const { data, error } = useWeb<TrafficDetail>(`workbench/traffic/${n}`, ['traffic'])
  return (
    <aside className={styles.detail} aria-label={t('记录详情', 'Entry')}>
      <header className={styles.detailHead}>
        <button
          type="button"
          className={styles.back}
          onClick={onClose}
          aria-label={t('返回列表', 'Back to the list')}
        >
          <ArrowLeft size={18} />
        </button>
        <h3>{data ? titleOf(data) : `#${n}`}</h3>
        <button type="button" className={styles.close} onClick={onClose} aria-label={t('关闭', 'Close')}>
          <X size={18} />
        </button>
      </header>
      {data ? <Detail entry={data} /> : error ? <Empty title={error.message} /> : <Loading />}
    </aside>
  )
}

function Detail({ entry }: { entry: TrafficDetail }) {
  const t = useT()
  const { language } = useLanguage()
  const curl = curlOf(entry, window.location.origin)
  const who = { app: t('应用令牌', 'app token'), user: t('用户令牌', 'user token') }[entry.who ?? '']
  return (
    <div className={styles.detailBody}>
      <p className={panel.mono}>
        {entry.method} {entry.url}
      </p>
      <div className={panel.row}>
        <OutcomeChip line={entry} />
        {entry.ms === undefined ? null : <span className={panel.chip}>{entry.ms} ms</span>}
        {who ? <span className={panel.chip}>{who}</span> : null}
        {entry.fault ? (
          <span className={`${panel.chip} ${panel.violet}`}>
            {t(`故障 ${entry.fault}`, `fault ${entry.fault}`)}
          </span>
        ) : null}
        <span className={panel.quiet}>
          #{entry.n} · {dayTime(entry.at, language)}
        </span>
      </div>
      {entry.direction === 'in' && entry.route ? <Gates entry={entry} /> : null}
      {entry.tries.length > 0 ? <Tries entry={entry} /> : null}
      <Bodies entry={entry} />
      {curl ? (
        <div className={panel.row}>
          <CopyButton text={curl} what=" curl" />
        </div>
      ) : null}
    </div>
  )
}

/** Request and answer; a delivery also as it went over the wire. */
function Bodies({ entry }: { entry: TrafficDetail }) {
  const t = useT()
  const isOut = entry.direction === 'out'
  const sent = isOut ? t('推送内容', 'Sent') : t('请求', 'Request')
  const tabs = [
    { id: 'request', text: entry.wire === undefined ? sent : t('明文', 'Decrypted') },
    ...(entry.wire === undefined ? [] : [{ id: 'wire', text: t('线上原文', 'On the wire') }]),
    { id: 'answer', text: isOut ? t('应答', 'Acknowledgement') : t('应答', 'Answer') },
  ]
  const [chosen, choose] = useState(isOut ? 'request' : 'answer')
  const value = { request: entry.request, wire: entry.wire, answer: entry.answer }[chosen]
  const label = tabs.find(({ id }) => id === chosen)?.text ?? ''
  return (
    <section>
      <Tabs label={t('内容', 'Bodies')} tabs={tabs} current={chosen} onChoose={choose} />
      <div className={styles.bodies}>
        {isEmpty(value) ? (
          <p className={panel.quiet}>{t('没有内容', 'Nothing')}</p>
        ) : (
          <JsonView value={value} label={label} />
        )}
      </div>
    </section>
  )
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  )
}
