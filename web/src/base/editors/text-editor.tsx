import { useRef } from 'react'
import { useT } from '../../shell/language.tsx'
import { types } from '../cells/types.ts'
import type { EditorProps } from './editor-props.ts'
import styles from './editors.module.css'

/** Text, phone, e-mail, barcode, place: Enter saves, Alt+Enter or Shift+Enter makes a line in plain text, Escape leaves it as it was. */
export function TextEditor({ field, cell, typed, save, close }: EditorProps) {
  const t = useT()
  const left = useRef(false)
  const before = textOf(cell)
  const plain = field.type === types.text && field.ui_type === 'Text'
  const done = (text: string, move?: Parameters<typeof close>[0]) => {
    if (left.current) return
    left.current = true
    if (text !== before) save(...written(field.type, text))
    close(move)
  }
  return (
    <textarea
      className={styles.text}
      // biome-ignore lint/a11y/noAutofocus: an editor was just opened here
      autoFocus
      aria-label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
      placeholder={
        field.type === types.location ? t('经度,纬度，如 116.40,39.90', 'longitude,latitude') : undefined
      }
      inputMode={field.type === types.phone ? 'tel' : field.ui_type === 'Email' ? 'email' : 'text'}
      defaultValue={typed ?? before}
      rows={1}
      onFocus={(event) =>
        event.target.setSelectionRange(event.target.value.length, event.target.value.length)
      }
      onBlur={(event) => done(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        const area = event.currentTarget
        if (event.key === 'Escape') {
          left.current = true
          close('stay')
        } else if (event.key === 'Enter' && plain && (event.altKey || event.shiftKey)) {
          if (event.altKey) area.setRangeText('\n', area.selectionStart, area.selectionEnd, 'end')
        } else if (event.key === 'Enter' || event.key === 'Tab') {
          event.preventDefault()
          done(area.value, event.key === 'Enter' ? 'down' : event.shiftKey ? 'left' : 'right')
        }
      }}
    />
  )
}

function textOf(cell: EditorProps['cell']): string {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'object' && !Array.isArray(cell) && 'location' in cell) return cell.location
  return ''
}

function written(type: number, text: string): [unknown, EditorProps['cell']] {
  const kept = type === types.text ? text : text.trim()
  if (kept === '') return [null, undefined]
  if (type === types.location) return [kept, { location: kept, full_address: kept, name: '' }]
  return [kept, kept]
}
