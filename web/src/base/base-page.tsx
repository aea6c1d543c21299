import { type ComponentType, lazy, Suspense, useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { WebBase, WebTable, WebView } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { BaseHead } from './base-head.tsx'
import styles from './base-page.module.css'
import { Grid } from './grid/grid.tsx'
import { RecordPanel } from './record/record-panel.tsx'
import { Sidebar } from './sidebar.tsx'
import { shownFields, useBase } from './sync/base-data.ts'
import { useSearch } from './toolbar/search-box.tsx'
import { Toolbar } from './toolbar/toolbar.tsx'
import type { ViewProps } from './view-props.ts'
import { ViewTabs } from './view-tabs.tsx'

type ViewModule = { default: ComponentType<ViewProps> }
const modules = import.meta.glob<ViewModule>('./{kanban,gallery,form,gantt}/view.tsx')
const drawings: Record<string, ComponentType<ViewProps> | undefined> = Object.fromEntries(
  Object.entries(modules).map(([path, load]) => [path.split('/')[1] ?? '', lazy(load)]),
)

/** Kinds of views this client draws; what is open is in the address. */
export function BasePage({ app }: { app: string }) {
  const t = useT()
  const { data: base, error } = useBase(app)
  const [params, setParams] = useSearchParams()
  if (error)
    return <Empty title={t('打不开这个多维表格', 'This base cannot be opened')} text={error.message} />
  if (!base) return <Loading />
  const table = base.tables.find((one) => one.table_id === params.get('table')) ?? base.tables[0]
  if (!table) return <Empty title={t('没有您能看的数据表', 'There is no table for you')} />
  const view = table.views.find((one) => one.view_id === params.get('view')) ?? table.views[0]
  if (!view) return <Empty title={t('没有您能看的视图', 'There is no view for you')} />
  const open = (changes: Record<string, string | null>) =>
    setParams((old) => {
      const next = new URLSearchParams(old)
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) next.delete(name)
        else next.set(name, value)
      }
      return next
    })
  return (
    <OpenView
      key={view.view_id}
      base={base}
      table={table}
      view={view}
      record={params.get('record')}
      open={open}
    />
  )
}

interface OpenViewProps {
  base: WebBase
  table: WebTable
  view: WebView
  record: string | null
  open(changes: Record<string, string | null>): void
}

function OpenView({ base, table, view, record, open }: OpenViewProps) {
  const t = useT()
  const [tables, setTables] = useState(false)
  const search = useSearch({ app: base.app_token, table, view })
  const openRecord = (id: string) => open({ table: table.table_id, view: view.view_id, record: id })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is another object whenever its rows are counted anew
  const fields = useMemo(() => shownFields(table, view), [table.fields, view])
  const props: ViewProps = { base, table, view, fields, openRecord }
  const Drawing = drawings[view.type]
  return (
    <div className={styles.page}>
      <Sidebar
        base={base}
        current={table}
        shown={tables}
        onClose={() => setTables(false)}
        onOpen={(id) => {
          setTables(false)
          open({ table: id, view: null, record: null })
        }}
      />
      <section className={styles.main}>
        <BaseHead base={base} table={table} onTables={() => setTables(true)} />
        <ViewTabs
          base={base}
          table={table}
          current={view}
          onOpen={(id) => open({ table: table.table_id, view: id, record: null })}
        />
        {view.type === 'form' ? null : <Toolbar {...props} search={search} />}
        {view.type === 'grid' ? (
          <Grid {...props} found={search.found} foundAt={search.place} />
        ) : Drawing ? (
          <Suspense fallback={<Loading />}>
            <Drawing {...props} />
          </Suspense>
        ) : (
          <Empty
            title={t('此视图在沙箱里不绘制', 'The sandbox does not draw this kind of view')}
            text={t(
              '它的筛选和字段照样生效，可在表格视图里查看数据。',
              'Its filter and fields still count; look at the rows in a grid view.',
            )}
          />
        )}
      </section>
      {record ? (
        <RecordPanel
          key={record}
          {...props}
          recordId={record}
          onOpen={openRecord}
          onClose={() => open({ record: null })}
        />
      ) : null}
    </div>
  )
}
