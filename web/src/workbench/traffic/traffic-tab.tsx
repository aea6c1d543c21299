import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { TrafficList } from '#sandbox/control/workbench-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { FilterBar } from './filter-bar.tsx'
import { filtered, readFilters } from './filters.ts'
import styles from './traffic.module.css'
import { TrafficDetailPane } from './traffic-detail.tsx'
import { TrafficLines } from './traffic-lines.tsx'

/** Every call of the product and every event to it, newest first; one opens beside the list. */
export function TrafficTab({ open }: { open: string | undefined }) {
  const t = useT()
  const [params] = useSearchParams()
  const [, go] = useLocation()
  const [held, setHeld] = useState<TrafficList>()
  const { data, error } = useWeb<TrafficList>('workbench/traffic', ['traffic'])
  const list = held ?? data
  const filters = readFilters(params)
  const query = params.size > 0 ? `?${params}` : ''
  const lines = list ? filtered(list.lines, filters) : []
  const families = [...new Set(list?.lines.map((line) => line.family))].toSorted()
  return (
    <div className={styles.tab} data-open={open !== undefined}>
      <div className={styles.listPane}>
        <FilterBar
          families={families}
          paused={held !== undefined}
          onPause={() => setHeld(held ? undefined : data)}
          shown={lines.length}
        />
        {list === undefined ? (
          error ? (
            <Empty title={error.message} />
          ) : (
            <Loading />
          )
        ) : lines.length === 0 ? (
          <NoTraffic isFiltered={list.lines.length > 0} />
        ) : (
          <TrafficLines lines={lines} open={open} onOpen={(n) => go(`/workbench/traffic/${n}${query}`)} />
        )}
      </div>
      {open === undefined ? null : (
        <TrafficDetailPane key={open} n={open} onClose={() => go(`/workbench/traffic${query}`)} />
      )}
      {open === undefined ? (
        <span className="visually-hidden">{t('没有打开的记录', 'Nothing opened')}</span>
      ) : null}
    </div>
  )
}

function NoTraffic({ isFiltered }: { isFiltered: boolean }) {
  const t = useT()
  if (isFiltered)
    return (
      <Empty title={t('没有符合的记录', 'Nothing matches')} text={t('换个条件试试', 'Try other filters')} />
    )
  return (
    <Empty
      title={t('还没有流量', 'No traffic yet')}
      text={t(
        '接上一个机器人（见「连接」），它的每次调用和收到的每个事件都会出现在这里',
        'Connect a bot (see Connection): each of its calls and every event it gets will show up here',
      )}
    />
  )
}
