import { control } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import styles from './faults.module.css'
import { type Preset, presets } from './presets.ts'

export function Presets() {
  const t = useT()
  const show = useToast()
  const attempt = useTry()
  const start = async (preset: Preset) => {
    const done = await attempt(() => control('faults', { faults: preset.faults }))
    if (done) show('warning', t(`已开始：${preset.zh}`, `Started: ${preset.en}`))
  }
  return (
    <div className={styles.presets}>
      {presets.map((preset) => (
        <button key={preset.id} type="button" className={styles.preset} onClick={() => start(preset)}>
          <strong>{t(preset.zh, preset.en)}</strong>
          <span>{t(preset.textZh, preset.textEn)}</span>
        </button>
      ))}
    </div>
  )
}
