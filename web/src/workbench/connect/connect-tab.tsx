import type { ConnectionView } from '#sandbox/control/workbench-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import panel from '../panel.module.css'
import { Panel } from '../panel.tsx'
import { Clients } from './clients.tsx'
import { Secret } from './secret.tsx'
import { StartCode } from './start-code.tsx'
import { Subscriptions } from './subscriptions.tsx'

/** What the developer console would show of the app: keys, clients, subscriptions. */
export function ConnectTab() {
  const t = useT()
  const { data, error } = useWeb<ConnectionView>('workbench/connection', ['connections', 'world', 'events'])
  if (data === undefined) return error ? <Empty title={error.message} /> : <Loading />
  return (
    <div className={panel.column}>
      <Panel
        title={t('应用凭证', 'Credentials')}
        text={t(
          `${data.botName} · 和开放平台控制台里的一样用`,
          `${data.botName} · used like those of the developer console`,
        )}
      >
        <ul className={panel.list}>
          <Secret name="App ID" value={data.appId} open />
          <Secret name="App Secret" value={data.appSecret} />
          <Secret name="Encrypt Key" value={data.encryptKey} />
          <Secret name="Verification Token" value={data.verificationToken} />
          <Secret name="Tenant Key" value={data.tenantKey} open />
          <Secret name={t('域名', 'Domain')} value={window.location.origin} open />
        </ul>
      </Panel>
      <StartCode view={data} />
      <Clients connections={data.connections} />
      <Subscriptions view={data} />
    </div>
  )
}
