import { useState } from 'react'
import type { SettingsView } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import { Field, Panel } from '../panel.tsx'

/** Where events and callbacks go: an address that echoes a challenge, or the long connection. */
export function RequestUrls({ view }: { view: SettingsView }) {
  const t = useT()
  return (
    <Panel
      title={t('请求地址', 'Request URLs')}
      text={t(
        '保存前先发校验请求；留空用长连接',
        'Challenged before they are saved; empty means the long connection',
      )}
    >
      <div className={panel.inside} style={{ display: 'grid', gap: 14 }}>
        <Address
          key={`event ${view.eventUrl}`}
          name="eventUrl"
          label={t('事件', 'Events')}
          value={view.eventUrl}
        />
        <Address
          key={`callback ${view.callbackUrl}`}
          name="callbackUrl"
          label={t('卡片回调', 'Card callbacks')}
          value={view.callbackUrl}
        />
      </div>
    </Panel>
  )
}

interface AddressProps {
  name: 'eventUrl' | 'callbackUrl'
  label: string
  value: string | null
}

function Address({ name, label, value }: AddressProps) {
  const t = useT()
  const show = useToast()
  const attempt = useTry()
  const [text, setText] = useState(value ?? '')
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const done = await attempt(() => control('settings', { [name]: text.trim() === '' ? null : text.trim() }))
    setBusy(false)
    if (done) show('success', t('已保存', 'Saved'))
  }
  return (
    <form
      className={panel.row}
      style={{ alignItems: 'end', flexWrap: 'nowrap' }}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <span style={{ flex: 1, minWidth: 0 }}>
        <Field label={label}>
          <input
            type="url"
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t('长连接', 'Long connection')}
          />
        </Field>
      </span>
      <Button
        type="submit"
        busy={busy}
        disabled={text.trim() === (value ?? '')}
        aria-label={t(`保存${label}地址`, `Save URL: ${label}`)}
      >
        {t('保存', 'Save')}
      </Button>
    </form>
  )
}
