import styles from './admin.module.css'

export interface SelectProps<Id extends string> {
  label: string
  value: Id
  options: readonly (readonly [id: Id, text: string])[]
  onChange: (id: Id) => void
}

export function Select<Id extends string>({ label, value, options, onChange }: SelectProps<Id>) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value as Id)}>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
