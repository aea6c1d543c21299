import { FileIcon } from 'lucide-react'
import { useState } from 'react'
import type { WebFile, WebOption, WebRef } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { addressOf } from '../../api/client.ts'
import { Avatar } from '../../ui/avatar.tsx'
import styles from './cells.module.css'
import { optionColors } from './option-colors.ts'

export function OptionChip({ option }: { option: WebOption }) {
  return (
    <span className={styles.option} style={optionColors(option.color)} title={option.name}>
      {option.name}
    </span>
  )
}

export function PersonChip({ person, square = false }: { person: WebRef; square?: boolean }) {
  return (
    <span className={styles.person} title={person.name}>
      <Avatar name={person.name} size={18} square={square} />
      <span className={styles.ellipsis}>{person.name}</span>
    </span>
  )
}

export function LinkChip({ record }: { record: WebRef }) {
  return (
    <span className={styles.link} title={record.name}>
      {record.name === '' ? '未命名记录' : record.name}
    </span>
  )
}

/** A picture is shown small; anything else by its icon. */
export function FileChip({ app, file, size = 22 }: { app: string; file: WebFile; size?: number }) {
  const [broken, setBroken] = useState(false)
  const isPicture = /^image\/(png|jpe?g|gif|webp|bmp)$/.test(file.type)
  return (
    <span className={styles.file} style={{ width: size, height: size }} title={file.name}>
      {isPicture && !broken ? (
        <img src={fileAddress(app, file)} alt={file.name} loading="lazy" onError={() => setBroken(true)} />
      ) : (
        <FileIcon size={size * 0.7} aria-label={file.name} />
      )}
    </span>
  )
}

/** Where a file of a base is downloaded from. */
export function fileAddress(app: string, file: WebFile): string {
  return addressOf(`base/${encodeURIComponent(app)}/attachments/${encodeURIComponent(file.file_token)}`)
}
