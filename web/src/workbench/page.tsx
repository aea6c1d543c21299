import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { useT } from '../shell/language.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { ClockTab } from './clock/clock-tab.tsx'
import { ConnectTab } from './connect/connect-tab.tsx'
import { ControlApiTab } from './control-api/control-api-tab.tsx'
import { FaultsTab } from './faults/faults-tab.tsx'
import { useFaultPanel } from './faults/use-fault-panel.ts'
import styles from './page.module.css'
import { SettingsTab } from './settings/settings-tab.tsx'
import { SnapshotsTab } from './snapshots/snapshots-tab.tsx'
import { TrafficTab } from './traffic/traffic-tab.tsx'

const tabs = [
  { id: 'traffic', zh: '流量', en: 'Traffic' },
  { id: 'faults', zh: '故障', en: 'Faults' },
  { id: 'clock', zh: '时钟', en: 'Clock' },
  { id: 'connect', zh: '连接', en: 'Connection' },
  { id: 'settings', zh: '设置', en: 'Settings' },
  { id: 'snapshots', zh: '快照', en: 'Snapshots' },
  { id: 'api', zh: '接口', en: 'Control API' },
] as const

/** What a developer needs: look at the traffic, break things, move time, keep worlds. */
export default function Page() {
  const t = useT()
  const [path, go] = useLocation()
  const current = tabs.find(({ id }) => path.startsWith(`/workbench/${id}`))?.id ?? 'traffic'
  const active = useFaultPanel().data?.active.length ?? 0
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h2>{t('开发者工作台', 'Workbench')}</h2>
        <Link href="/gallery" className={styles.link}>
          {t('卡片陈列与编辑器', 'Card gallery and editor')}
        </Link>
        <Tabs
          label={t('工作台', 'Workbench')}
          current={current}
          onChoose={(id) => go(`/workbench/${id}`)}
          tabs={tabs.map(({ id, zh, en }) => ({
            id,
            text: t(zh, en),
            ...(id === 'faults' && active > 0 && { count: active }),
          }))}
        />
      </header>
      <div className={styles.body}>
        <Switch>
          <Route path="/workbench/traffic/:n?">{({ n }) => <TrafficTab open={n} />}</Route>
          <Route path="/workbench/faults" component={FaultsTab} />
          <Route path="/workbench/clock" component={ClockTab} />
          <Route path="/workbench/connect" component={ConnectTab} />
          <Route path="/workbench/settings" component={SettingsTab} />
          <Route path="/workbench/snapshots" component={SnapshotsTab} />
          <Route path="/workbench/api" component={ControlApiTab} />
          <Route>
            <Redirect to="/workbench/traffic" replace />
          </Route>
        </Switch>
      </div>
    </div>
  )
}
