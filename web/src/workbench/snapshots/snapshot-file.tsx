import { Download, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { control } from '../../api/client.ts'
import { everythingChanged } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import styles from './snapshots.module.css'

/** The snapshot as a file: down, and up again. */
export function SnapshotFile() {
  const t = useT()
  const show = useToast()
  const attempt = useTry()
  const picker = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const load = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    const done = await attempt(async () => control('snapshot', await readJson(file, t)))
    setBusy(false)
    if (picker.current) picker.current.value = ''
    if (!done) return
    everythingChanged()
    show('success', t('已换成文件里的世界', 'Now the world of the file'))
  }
  return (
    <div className={`${panel.inside} ${panel.row}`}>
      <a className={styles.download} href="/_control/snapshot" download="huiliu-sandbox.json">
        <Download size={15} aria-hidden />
        {t('下载快照', 'Download')}
      </a>
      <Button busy={busy} onClick={() => picker.current?.click()}>
        <Upload size={15} aria-hidden />
        {t('上传并载入', 'Upload and load')}
      </Button>
      <input
        ref={picker}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => load(event.target.files?.[0])}
        aria-label={t('快照文件', 'Snapshot file')}
      />
    </div>
  )
}

async function readJson(file: File, t: (zh: string, en: string) => string): Promise<unknown> {
  try {
    return JSON.parse(await file.text())
  } catch {
    throw new Error(t('文件不是 JSON', 'The file is not JSON'))
  }
}
