import { Plus, Trash2 } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import type { Draft } from './draft.ts'
import styles from './launch.module.css'
import type { InputProps } from './widget-input.tsx'
import { WidgetInputs } from './widget-inputs.tsx'

/** A fieldList: rows that can be added and removed. */
export function RowsInput({ launch, widget, value, warn, onChange }: InputProps) {
  const t = useT()
  const rows = (value ?? [{}]) as Draft[]
  const replace = (at: number, row: Draft) => onChange(rows.map((one, index) => (index === at ? row : one)))
  return (
    <div className={styles.rows}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place
        <section key={index} className={styles.rowCard} aria-label={`${widget.name} ${index + 1}`}>
          <header>
            <span>
              {widget.name} {index + 1}
            </span>
            {rows.length > 1 ? (
              <button
                type="button"
                className={styles.removeRow}
                aria-label={t(`删除第 ${index + 1} 行`, `Remove row ${index + 1}`)}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              >
                <Trash2 size={15} aria-hidden />
              </button>
            ) : null}
          </header>
          <WidgetInputs
            launch={launch}
            widgets={widget.children ?? []}
            draft={row}
            warn={warn && Object.keys(row).length > 0}
            onChange={(next) => replace(index, next)}
          />
        </section>
      ))}
      <Button look="text" onClick={() => onChange([...rows, {}])}>
        <Plus size={15} aria-hidden />
        {t(`增加${widget.name}`, `Add to ${widget.name}`)}
      </Button>
    </div>
  )
}
