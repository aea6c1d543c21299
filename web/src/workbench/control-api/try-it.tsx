import { useState } from 'react'
import type { ControlRouteInfo } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { JsonView } from '../json-view.tsx'
import panel from '../panel.module.css'
import { Field } from '../panel.tsx'

/** Sends a request of the control API and shows what comes back. */
export function TryIt({ route }: { route: ControlRouteInfo }) {
  const t = useT()
  const [path, setPath] = useState(route.path.replace('/_control/', ''))
  const [body, setBody] = useState(JSON.stringify(route.example ?? {}, null, 2))
  const [answer, setAnswer] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    setAnswer(await attempt(() => control(path, route.method === 'GET' ? undefined : JSON.parse(body))))
    setBusy(false)
  }
  return (
    <form
      style={{ display: 'grid', gap: 10 }}
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <Field label={t('地址（/_control/ 之后）', 'Address (after /_control/)')}>
        <input value={path} onChange={(event) => setPath(event.target.value)} />
      </Field>
      {route.method === 'POST' ? (
        <Field label={t('请求体', 'Body')}>
          <textarea
            rows={Math.min(8, body.split('\n').length + 1)}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </Field>
      ) : null}
      <div className={panel.row}>
        <Button type="submit" look="primary" small busy={busy}>
          {t('试一下', 'Try it')}
        </Button>
      </div>
      {answer === undefined ? null : <JsonView value={shortened(answer)} label={t('应答', 'Answer')} />}
    </form>
  )
}

async function attempt(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) }
  }
}

const longest = 20_000

/** A whole world would freeze the page. */
function shortened(answer: unknown): unknown {
  const text = JSON.stringify(answer, null, 2) ?? ''
  return text.length > longest ? `${text.slice(0, longest)}\n…` : answer
}
