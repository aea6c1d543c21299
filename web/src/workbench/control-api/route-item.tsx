import type { ControlRouteInfo } from '#sandbox/control/workbench-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { CopyButton } from '../copy-button.tsx'
import panel from '../panel.module.css'
import styles from './control-api.module.css'
import { TryIt } from './try-it.tsx'

/** One route: what it does, what it takes, and trying it. */
export function RouteItem({ route }: { route: ControlRouteInfo }) {
  const t = useT()
  const fields = Object.entries(route.fields)
  return (
    <details className={styles.route}>
      <summary>
        <span className={`${panel.chip} ${route.method === 'GET' ? panel.green : panel.blue}`}>
          {route.method}
        </span>
        <code className={panel.mono}>{route.path}</code>
        <span className={panel.quiet}>{t(route.zh, route.en)}</span>
      </summary>
      <div className={styles.inside}>
        {fields.length > 0 ? (
          <table className={styles.fields}>
            <tbody>
              {fields.map(([name, what]) => (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td>{what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
        <TryIt route={route} />
        <div>
          <CopyButton text={curlOf(route)} what=" curl" />
        </div>
      </div>
    </details>
  )
}

function curlOf(route: ControlRouteInfo): string {
  const url = `${window.location.origin}${route.path}`
  if (route.method === 'GET') return `curl '${url}'`
  return `curl -X POST '${url}' -H 'content-type: application/json' -d '${JSON.stringify(route.example ?? {})}'`
}
