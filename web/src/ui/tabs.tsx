import styles from './tabs.module.css'

export interface TabsProps<Id extends string> {
  label: string
  tabs: readonly { id: Id; text: string; count?: number | undefined }[]
  current: Id
  onChoose: (id: Id) => void
}

/** A row of tabs; what they switch is drawn by the caller. */
export function Tabs<Id extends string>({ label, tabs, current, onChoose }: TabsProps<Id>) {
  return (
    <div className={styles.tabs} role="tablist" aria-label={label}>
      {tabs.map(({ id, text, count }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === current}
          className={styles.tab}
          onClick={() => onChoose(id)}
        >
          {text}
          {count ? <span className={styles.count}>{count}</span> : null}
        </button>
      ))}
    </div>
  )
}
