import type { ConnectionView } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { useLanguage, useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import { Panel } from '../panel.tsx'
import { dayTime } from '../times.ts'

/** Clients of the long connection, each with its id. */
export function Clients({ connections }: Pick<ConnectionView, 'connections'>) {
  const t = useT()
  const { language } = useLanguage()
  const attempt = useTry()
  return (
    <Panel
      title={t('长连接', 'Long connection')}
      text={t(
        `${connections.length} / 50 个客户端，每个事件随机给一个`,
        `${connections.length} of 50 clients; each event goes to a random one`,
      )}
    >
      {connections.length === 0 ? (
        <p className={`${panel.inside} ${panel.quiet}`}>{t('没有客户端连着', 'No client is connected')}</p>
      ) : (
        <ul className={panel.list}>
          {connections.map((one) => (
            <li key={one.id}>
              <span className={panel.grow}>
                <code className={panel.mono}>{one.id}</code>
                <br />
                <span className={panel.quiet}>
                  {one.address} · {t('连上于', 'since')} {dayTime(one.since, language)}
                  {one.lastPingAt === null ? '' : ` · ping ${dayTime(one.lastPingAt, language)}`}
                </span>
              </span>
              {one.silent ? (
                <span className={`${panel.chip} ${panel.violet}`}>{t('半开', 'half open')}</span>
              ) : null}
              <span className={panel.chip}>
                {t(`收到 ${one.delivered} 个事件`, `${one.delivered} events`)}
              </span>
              <Button small onClick={() => attempt(() => control('connections', { close: one.id }))}>
                {t('断开', 'Disconnect')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
