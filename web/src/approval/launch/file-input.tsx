import { Paperclip, Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { UploadedFile } from '#sandbox/feishu/approval/web/shapes.ts'
import { addressOf, upload } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { useTry } from '../../ui/toast.tsx'
import { sizeInWords } from '../numbers.ts'
import styles from './launch.module.css'
import type { InputProps } from './widget-input.tsx'

/** Images or attachments, uploaded as they are chosen. */
export function FileInput({ widget, value, onChange }: InputProps) {
  const t = useT()
  const attempt = useTry()
  const [busy, setBusy] = useState(false)
  const files = (value ?? []) as UploadedFile[]
  const image = widget.type !== 'attachmentV2'
  const add = async (chosen: FileList) => {
    setBusy(true)
    const added: UploadedFile[] = []
    await attempt(async () => {
      for (const file of chosen) added.push(await sendFile(file, image))
    })
    setBusy(false)
    onChange([...files, ...added])
  }
  return (
    <div className={styles.files}>
      {files.map((file) => (
        <span key={file.code} className={styles.file}>
          {file.image ? (
            <img src={addressOf(`approval/files/${encodeURIComponent(file.code)}`)} alt={file.name} />
          ) : (
            <>
              <Paperclip size={15} aria-hidden />
              {file.name}
              {file.size ? <small>{sizeInWords(file.size)}</small> : null}
            </>
          )}
          <button
            type="button"
            aria-label={t(`移除 ${file.name}`, `Remove ${file.name}`)}
            onClick={() => onChange(files.filter((one) => one !== file))}
          >
            <X size={13} aria-hidden />
          </button>
        </span>
      ))}
      <label className={styles.addFile} aria-busy={busy}>
        <Plus size={16} aria-hidden />
        {busy
          ? t('上传中…', 'Uploading …')
          : image
            ? t('添加图片', 'Add images')
            : t('添加附件', 'Add files')}
        <input
          type="file"
          multiple
          className="visually-hidden"
          aria-label={widget.name}
          accept={image ? 'image/png,image/jpeg,image/gif,image/webp' : undefined}
          onChange={(event) => {
            if (event.target.files) void add(event.target.files)
          }}
        />
      </label>
    </div>
  )
}

function sendFile(file: File, image: boolean): Promise<UploadedFile> {
  const form = new FormData()
  form.append('name', file.name)
  form.append('type', image ? 'image' : 'attachment')
  form.append('content', file)
  return upload<UploadedFile>('approval/files', form)
}
