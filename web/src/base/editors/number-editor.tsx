import { useRef, useState } from 'react'
import { useT } from '../../shell/language.tsx'
import type { EditorProps } from './editor-props.ts'
import styles from './editors.module.css'

/** Numbers, money and progress. In a field with a percent formatter 50 means 50 %. */
export function NumberEditor({ field, cell, typed, save, close }: EditorProps) {
  const t = useT()
  const percent = field.property?.formatter?.includes('%') === true
  const before = typeof cell === 'number' ? String(percent ? Number((cell * 100).toPrecision(15)) : cell) : ''
  const [text, setText] = useState(typed ?? before)
  const left = useRef(false)
  const number = parse(text)
  const done = (move?: Parameters<typeof close>[0]) => {
    if (left.current) return
    left.current = true
    if (text !== before && text.trim() === '') save(null, undefined)
    else if (text !== before && number !== undefined) {
      const value = percent ? Number((number / 100).toPrecision(15)) : number
      save(value, value)
    }
    close(move)
  }
  return (
    <input
      className={styles.number}
      // biome-ignore lint/a11y/noAutofocus: an editor was just opened here
      autoFocus
      inputMode="decimal"
      aria-label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
      aria-invalid={text.trim() !== '' && number === undefined}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => done()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') {
          left.current = true
          close('stay')
        } else if (event.key === 'Enter' || event.key === 'Tab') {
          event.preventDefault()
          done(event.key === 'Enter' ? 'down' : event.shiftKey ? 'left' : 'right')
        }
      }}
    />
  )
}

function parse(text: string): number | undefined {
  const plain = text.replace(/[,\s¥$%]/g, '')
  const number = Number(plain)
  return plain !== '' && Number.isFinite(number) ? number : undefined
}
