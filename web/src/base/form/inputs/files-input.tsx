import { FileIcon, Upload, X } from 'lucide-react'
import { useRef, useState } from 'react'
import type { WebFile } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { upload } from '../../../api/client.ts'
import { useT } from '../../../shell/language.tsx'
import { Button } from '../../../ui/button.tsx'
import { useTry } from '../../../ui/toast.tsx'
import type { AnswerInputProps } from './answer-input.tsx'
import styles from './inputs.module.css'

const largest = 20 * 1024 * 1024

/** Files, sent one after the other as soon as they are chosen. */
export function FilesInput({ place, label, onChange }: AnswerInputProps) {
  const t = useT()
  const attempt = useTry()
  const input = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState<readonly WebFile[]>([])
  const [busy, setBusy] = useState(false)
  const put = (next: readonly WebFile[]) => {
    setFiles(next)
    onChange(next.length === 0 ? undefined : next.map(({ file_token }) => ({ file_token })))
  }
  const add = async (chosen: readonly File[]) => {
    setBusy(true)
    let known = files
    for (const file of chosen)
      await attempt(async () => {
        if (file.size > largest) throw new Error(t(`${file.name} 超过 20 MB`, `${file.name} is over 20 MB`))
        const form = new FormData()
        form.set('file', file, file.name)
        known = [...known, await upload<WebFile>(place.upload, form)]
      })
    put(known)
    setBusy(false)
  }
  return (
    <div className={styles.files}>
      <Button busy={busy} onClick={() => input.current?.click()}>
        <Upload size={15} aria-hidden />
        {t('添加附件', 'Add files')}
      </Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])]
          event.target.value = ''
          void add(chosen)
        }}
      />
      <ul>
        {files.map((file) => (
          <li key={file.file_token} className={styles.file}>
            <FileIcon size={16} className={styles.fileIcon} aria-hidden />
            <span className={styles.fileName}>{file.name}</span>
            <button
              type="button"
              className={styles.remove}
              aria-label={t(`移除 ${file.name}`, `Remove ${file.name}`)}
              onClick={() => put(files.filter((one) => one !== file))}
            >
              <X size={15} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
