import { Trash2, Upload } from 'lucide-react'
import { useState } from 'react'
import type { WebFile } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { upload } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useTry } from '../../ui/toast.tsx'
import { FileChip, fileAddress } from '../cells/chips.tsx'
import { Rating } from '../cells/rating.tsx'
import { Floating } from '../floating.tsx'
import type { EditorProps } from './editor-props.ts'
import styles from './editors.module.css'

/** Text and address of a link. */
export function UrlEditor({ field, cell, typed, anchor, save, close }: EditorProps) {
  const t = useT()
  const before = typeof cell === 'object' && 'link' in cell ? cell : { text: '', link: '' }
  const [text, setText] = useState(before.text === before.link ? '' : before.text)
  const [link, setLink] = useState(typed ?? before.link)
  const done = () => {
    const address = link.trim()
    if (address === '') save(null, undefined)
    else
      save({ text: text.trim() || address, link: address }, { text: text.trim() || address, link: address })
    close('stay')
  }
  return (
    <Floating anchor={anchor} label={field.name} onClose={() => close()} width={300}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          done()
        }}
      >
        <label>
          {t('链接', 'Address')}
          <input
            // biome-ignore lint/a11y/noAutofocus: an editor was just opened here
            autoFocus
            aria-label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
            value={link}
            placeholder="https://"
            onChange={(event) => setLink(event.target.value)}
          />
        </label>
        <label>
          {t('文本', 'Text')}
          <input
            value={text}
            placeholder={t('显示的文字', 'What is shown')}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button look="primary" small type="submit">
          {t('确定', 'Save')}
        </Button>
      </form>
    </Floating>
  )
}

/** Marks to press; pressing the present one takes the rating back. */
export function RatingEditor({ field, cell, anchor, save, close }: EditorProps) {
  const t = useT()
  const value = typeof cell === 'number' ? cell : 0
  return (
    <Floating anchor={anchor} label={t(`编辑 ${field.name}`, `Edit ${field.name}`)} onClose={() => close()}>
      <div className={styles.rate}>
        <Rating
          field={field}
          value={value}
          onRate={(next) => {
            save(next === value ? null : next, next === value ? undefined : next)
            close('stay')
          }}
        />
      </div>
    </Floating>
  )
}

/** Files of a cell: add, open, take away. */
export function FileEditor({ base, field, cell, anchor, save, close }: EditorProps) {
  const t = useT()
  const attempt = useTry()
  const [busy, setBusy] = useState(false)
  const files = Array.isArray(cell) ? (cell as WebFile[]) : []
  const put = (next: readonly WebFile[]) =>
    save(
      next.length > 0 ? next.map(({ file_token }) => ({ file_token })) : null,
      next.length > 0 ? [...next] : undefined,
    )
  const add = async (chosen: FileList | null) => {
    setBusy(true)
    const added: WebFile[] = []
    await attempt(async () => {
      for (const file of chosen ?? []) {
        const form = new FormData()
        form.append('file', file, file.name)
        const { file_token } = await upload<{ file_token: string }>(
          `base/${base.app_token}/attachments`,
          form,
        )
        added.push({ file_token, name: file.name, size: file.size, type: file.type })
      }
    })
    setBusy(false)
    if (added.length > 0) put([...files, ...added])
  }
  return (
    <Floating
      anchor={anchor}
      label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
      onClose={() => close()}
      width={280}
    >
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file.file_token}>
            <FileChip app={base.app_token} file={file} size={32} />
            <a href={fileAddress(base.app_token, file)} target="_blank" rel="noreferrer noopener">
              {file.name || file.file_token}
            </a>
            <button
              type="button"
              aria-label={t(`移除 ${file.name}`, `Remove ${file.name}`)}
              onClick={() => put(files.filter((one) => one !== file))}
            >
              <Trash2 size={15} />
            </button>
          </li>
        ))}
      </ul>
      <label className={styles.upload} aria-busy={busy}>
        <Upload size={15} aria-hidden />
        {busy ? t('正在上传…', 'Uploading …') : t('添加文件', 'Add files')}
        <input
          type="file"
          multiple
          disabled={busy}
          className="visually-hidden"
          onChange={(event) => void add(event.target.files)}
        />
      </label>
    </Floating>
  )
}
