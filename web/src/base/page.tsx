import { Redirect, Route, Switch } from 'wouter'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { BaseList } from './base-list.tsx'
import { BasePage } from './base-page.tsx'

/** `/base`: the bases; `/base/:app?table=&view=&record=`: one of them; `/record/:record`: where a shared record is. */
export default function Page() {
  return (
    <Switch>
      <Route path="/base/:app">{({ app }) => <BasePage key={app} app={app} />}</Route>
      <Route path="/record/:record">{({ record }) => <SharedRecord record={record} />}</Route>
      <Route>
        <BaseList />
      </Route>
    </Switch>
  )
}

interface RecordPlace {
  app_token: string
  table_id: string
  record_id: string
}

function SharedRecord({ record }: { record: string }) {
  const t = useT()
  const { data, error } = useWeb<RecordPlace>(`base/records/${encodeURIComponent(record)}`, [])
  if (error) return <Empty title={t('打不开这条记录', 'This record cannot be opened')} text={error.message} />
  if (!data) return <Loading />
  return <Redirect to={`/base/${data.app_token}?table=${data.table_id}&record=${data.record_id}`} replace />
}
