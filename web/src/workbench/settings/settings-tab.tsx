import { useState } from 'react'
import type { SettingsView } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import { Field, Panel } from '../panel.tsx'
import { RequestUrls } from './request-urls.tsx'

const numbers = [
  { name: 'latencyMs', zh: '每次应答多等（毫秒）', en: 'Added latency (ms)' },
  { name: 'rowCap', zh: '一张数据表最多多少行', en: 'Rows a table may hold' },
  { name: 'ordersPerMinute', zh: '每分钟自动来单', en: 'Orders per minute' },
  { name: 'wsPingSeconds', zh: '长连接 ping 间隔（秒）', en: 'Ping interval (s)' },
  { name: 'wsReconnectSeconds', zh: '长连接重连等待（秒）', en: 'Reconnect wait (s)' },
] as const

/** How this world behaves. */
export function SettingsTab() {
  const { data, error } = useWeb<SettingsView>('workbench/settings', ['world'])
  if (data === undefined) return error ? <Empty title={error.message} /> : <Loading />
  return (
    <div className={panel.column}>
      <Numbers view={data} />
      <RequestUrls view={data} />
    </div>
  )
}

function Numbers({ view }: { view: SettingsView }) {
  const t = useT()
  const show = useToast()
  const attempt = useTry()
  const [edited, setEdited] = useState<Record<string, string>>({})
  const changes = Object.fromEntries(
    numbers.flatMap(({ name }) => {
      const text = edited[name]
      return text === undefined || text === '' || Number(text) === view[name] ? [] : [[name, Number(text)]]
    }),
  )
  const save = async () => {
    const done = await attempt(() => control('settings', changes))
    if (!done) return
    setEdited({})
    show('success', t('已保存', 'Saved'))
  }
  return (
    <Panel
      title={t('世界', 'The world')}
      text={t('立即生效，随世界保存', 'In force at once, saved with the world')}
    >
      <form
        className={panel.inside}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <div className={panel.fields}>
          {numbers.map(({ name, zh, en }) => (
            <Field key={name} label={t(zh, en)}>
              <input
                type="number"
                min="0"
                step="any"
                value={edited[name] ?? String(view[name])}
                onChange={(event) => setEdited({ ...edited, [name]: event.target.value })}
              />
            </Field>
          ))}
        </div>
        <div className={panel.row} style={{ marginTop: 14 }}>
          <Button type="submit" look="primary" disabled={Object.keys(changes).length === 0}>
            {t('保存', 'Save')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
