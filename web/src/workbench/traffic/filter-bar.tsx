import { Pause, Play, Search, Trash2 } from 'lucide-react'
import { useSearchParams } from 'wouter'
import { control } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useTry } from '../../ui/toast.tsx'
import { readFilters } from './filters.ts'
import styles from './traffic.module.css'

interface FilterBarProps {
  families: readonly string[]
  paused: boolean
  onPause: () => void
  /** lines shown */
  shown: number
}

/** What is shown of the traffic; kept in the address. */
export function FilterBar({ families, paused, onPause, shown }: FilterBarProps) {
  const t = useT()
  const attempt = useTry()
  const [params, setParams] = useSearchParams()
  const { text, family, direction, outcome } = readFilters(params)
  const choose = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  return (
    <search className={styles.filters} aria-label={t('筛选流量', 'Filter the traffic')}>
      <label className={styles.search}>
        <Search size={15} aria-hidden />
        <input
          value={text}
          onChange={(event) => choose('q', event.target.value)}
          placeholder={t('路径、事件、错误码', 'Path, event, code')}
          aria-label={t('搜索流量', 'Search the traffic')}
        />
      </label>
      <select
        value={direction}
        onChange={(event) => choose('dir', event.target.value)}
        aria-label={t('方向', 'Direction')}
      >
        <option value="">{t('收与发', 'Both ways')}</option>
        <option value="in">{t('← 收到的调用', '← Calls received')}</option>
        <option value="out">{t('→ 发出的推送', '→ Deliveries sent')}</option>
      </select>
      <select
        value={family}
        onChange={(event) => choose('family', event.target.value)}
        aria-label={t('类别', 'Family')}
      >
        <option value="">{t('全部类别', 'All families')}</option>
        {families.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <select
        value={outcome}
        onChange={(event) => choose('is', event.target.value)}
        aria-label={t('结果', 'Outcome')}
      >
        <option value="">{t('全部结果', 'All outcomes')}</option>
        <option value="ok">{t('成功', 'Fine')}</option>
        <option value="refused">{t('失败', 'Refused')}</option>
        <option value="fault">{t('故障造成', 'Struck by a fault')}</option>
      </select>
      <span className={styles.count} aria-live="off">
        {t(`${shown} 条`, `${shown} shown`)}
      </span>
      <Button small onClick={onPause} aria-pressed={paused} look={paused ? 'primary' : 'normal'}>
        {paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
        {paused ? t('继续', 'Resume') : t('暂停', 'Pause')}
      </Button>
      <Button small onClick={() => attempt(() => control('traffic', { clear: true }))}>
        <Trash2 size={14} aria-hidden />
        {t('清空', 'Clear')}
      </Button>
    </search>
  )
}
