import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import panel from '../panel.module.css'
import { Panel } from '../panel.tsx'
import { ActiveFaults } from './active-faults.tsx'
import { FaultForm } from './fault-form.tsx'
import { Presets } from './preset-grid.tsx'
import { useFaultPanel } from './use-fault-panel.ts'

/** Breaking things on purpose. */
export function FaultsTab() {
  const t = useT()
  const { data, error } = useFaultPanel()
  if (data === undefined) return error ? <Empty title={error.message} /> : <Loading />
  return (
    <div className={panel.column}>
      <ActiveFaults faults={data.active} kinds={data.kinds} />
      <Panel
        title={t('常见故障', 'Common troubles')}
        text={t('一键制造，看机器人怎么应对', 'One press each: see how the bot copes')}
      >
        <Presets />
      </Panel>
      <Panel
        title={t('自定义故障', 'A fault of your own')}
        text={t('指定种类、范围、次数和概率', 'Choose what, where, how often')}
      >
        <FaultForm info={data} />
      </Panel>
    </div>
  )
}
