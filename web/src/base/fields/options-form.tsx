import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useRef } from 'react'
import type { WebOption } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { optionColors } from '../cells/option-colors.ts'
import { PanelButton } from '../menu.tsx'
import styles from './fields.module.css'

/** The options of a select field: name, colour, order. */
export function OptionsForm({
  options,
  onChange,
}: {
  options: readonly WebOption[]
  onChange(options: WebOption[]): void
}) {
  const t = useT()
  const made = useRef(0)
  const change = (at: number, option: Partial<WebOption>) =>
    onChange(options.map((one, i) => (i === at ? { ...one, ...option } : one)))
  const swap = (at: number) => {
    const [a, b] = [options[at], options[at + 1]]
    if (a && b) onChange(options.toSpliced(at, 2, b, a))
  }
  const add = () => {
    made.current++
    const color = ((options.at(-1)?.color ?? -1) + 1) % 55
    onChange([...options, { id: `new-${made.current}`, name: '', color }])
  }
  return (
    <fieldset className={styles.options}>
      <legend>{t('选项', 'Options')}</legend>
      <div className={styles.optionList}>
        {options.map((option, i) => (
          <div key={option.id} className={styles.option}>
            <PanelButton
              label={t(`${option.name} 的颜色`, `Colour of ${option.name}`)}
              trigger={<span className={styles.swatch} style={optionColors(option.color)} />}
              className={styles.icon}
              width={286}
            >
              {(close) => (
                <div className={styles.palette}>
                  {Array.from({ length: 55 }, (_, color) => (
                    <button
                      // biome-ignore lint/suspicious/noArrayIndexKey: a colour is its number
                      key={color}
                      type="button"
                      aria-label={t(`颜色 ${color}`, `Colour ${color}`)}
                      aria-pressed={color === option.color}
                      style={optionColors(color)}
                      onClick={() => {
                        change(i, { color })
                        close()
                      }}
                    />
                  ))}
                </div>
              )}
            </PanelButton>
            <input
              aria-label={t(`选项 ${i + 1}`, `Option ${i + 1}`)}
              value={option.name}
              // biome-ignore lint/a11y/noAutofocus: an option that was just added is named at once
              autoFocus={option.id.startsWith('new-') && option.name === ''}
              onChange={(event) => change(i, { name: event.target.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                add()
              }}
            />
            <button
              type="button"
              className={styles.icon}
              aria-label={t(`上移 ${option.name}`, `Move ${option.name} up`)}
              disabled={i === 0}
              onClick={() => swap(i - 1)}
            >
              <ArrowUp size={13} />
            </button>
            <button
              type="button"
              className={styles.icon}
              aria-label={t(`下移 ${option.name}`, `Move ${option.name} down`)}
              disabled={i === options.length - 1}
              onClick={() => swap(i)}
            >
              <ArrowDown size={13} />
            </button>
            <button
              type="button"
              className={styles.icon}
              aria-label={t(`移除 ${option.name}`, `Remove ${option.name}`)}
              onClick={() => onChange(options.filter((one) => one !== option))}
            >
              <X size={14} />
            </button>
          </div>
        ))}
      </div>
      <button type="button" className={styles.addOption} onClick={add}>
        <Plus size={14} aria-hidden />
        {t('添加选项', 'Add option')}
      </button>
    </fieldset>
  )
}
