import { Search } from 'lucide-react'
import { useState } from 'react'
import type { ControlRouteInfo } from '#sandbox/control/workbench-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import panel from '../panel.module.css'
import styles from './control-api.module.css'
import { RouteItem } from './route-item.tsx'

/** What tests and scripts can ask of the sandbox; written from the routes themselves. */
export function ControlApiTab() {
  const t = useT()
  const [text, setText] = useState('')
  const { data, error } = useWeb<{ routes: ControlRouteInfo[] }>('workbench/routes', [])
  if (data === undefined) return error ? <Empty title={error.message} /> : <Loading />
  const wanted = text.trim().toLowerCase()
  const routes = data.routes.filter(({ method, path, zh, en }) =>
    `${method} ${path} ${zh} ${en}`.toLowerCase().includes(wanted),
  )
  return (
    <div className={panel.column}>
      <p className={panel.quiet}>
        {t(
          '测试和脚本用的接口，只答本机，收发 JSON。失败时 HTTP 4xx 与 {code, msg}；金额用分，时间用毫秒。',
          'For tests and scripts, this machine only, JSON in and out. Refusals are HTTP 4xx with {code, msg}; amounts in fen, times in ms.',
        )}
      </p>
      <label className={styles.search}>
        <Search size={15} aria-hidden />
        <input
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('搜索接口', 'Search')}
          aria-label={t('搜索接口', 'Search')}
        />
        <span className={panel.quiet}>{routes.length}</span>
      </label>
      {routes.length === 0 ? (
        <Empty title={t('没有符合的接口', 'Nothing matches')} />
      ) : (
        <div className={panel.panel}>
          {routes.map((route) => (
            <RouteItem key={`${route.method} ${route.path}`} route={route} />
          ))}
        </div>
      )}
    </div>
  )
}
