import { useState } from 'react'
import type { KeptSnapshot } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { everythingChanged, useWeb } from '../../api/query.ts'
import { useLanguage, useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import { dayTime } from '../times.ts'
import { Confirm } from './confirm.tsx'

/** Named snapshots inside the sandbox. */
export function KeptSnapshots() {
  const t = useT()
  const { language } = useLanguage()
  const show = useToast()
  const attempt = useTry()
  const { data } = useWeb<{ snapshots: KeptSnapshot[] }>('workbench/snapshots', ['snapshots'])
  const [loading, setLoading] = useState<string>()
  const act = (name: string, action: 'save' | 'load' | 'delete') => () =>
    control('snapshots', { name, action })
  const load = async (name: string) => {
    if (!(await attempt(act(name, 'load')))) return
    everythingChanged()
    show('success', t(`已回到「${name}」`, `Back at “${name}”`))
  }
  return (
    <>
      <SaveForm onSave={(name) => attempt(act(name, 'save'))} />
      <ul className={panel.list}>
        {data?.snapshots.map(({ name, savedAt, bytes }) => (
          <li key={name} data-snapshot={name}>
            <span className={panel.grow}>
              {name}
              <br />
              <span className={panel.quiet}>
                {dayTime(savedAt, language)} · {sizeOf(bytes)}
              </span>
            </span>
            <Button small onClick={() => setLoading(name)} aria-label={t(`载入 ${name}`, `Load ${name}`)}>
              {t('载入', 'Load')}
            </Button>
            <Button
              small
              look="text"
              onClick={() => attempt(act(name, 'delete'))}
              aria-label={t(`删除 ${name}`, `Delete ${name}`)}
            >
              {t('删除', 'Delete')}
            </Button>
          </li>
        ))}
      </ul>
      {loading === undefined ? null : (
        <Confirm
          title={t(`载入「${loading}」？`, `Load “${loading}”?`)}
          text={t(
            '现在的世界会被换掉，没存的就没了。',
            'The present world is replaced; what was not kept is gone.',
          )}
          action={t('载入', 'Load')}
          onConfirm={() => load(loading)}
          onClose={() => setLoading(undefined)}
        />
      )}
    </>
  )
}

function SaveForm({ onSave }: { onSave: (name: string) => Promise<boolean> }) {
  const t = useT()
  const [name, setName] = useState('')
  return (
    <form
      className={`${panel.inside} ${panel.row}`}
      style={{ flexWrap: 'nowrap' }}
      onSubmit={async (event) => {
        event.preventDefault()
        if (await onSave(name.trim())) setName('')
      }}
    >
      <input
        className={panel.input}
        style={{ maxWidth: 280 }}
        value={name}
        maxLength={40}
        onChange={(event) => setName(event.target.value)}
        placeholder={t('名称，如 演示前', 'Name, e.g. before-demo')}
        aria-label={t('快照名称', 'Name of the snapshot')}
      />
      <Button type="submit" look="primary" disabled={name.trim() === ''}>
        {t('存一份', 'Keep one')}
      </Button>
    </form>
  )
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1_000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}
