import styles from './form-settings.module.css'

/** Something that is on or off. */
export function Switch({
  label,
  on,
  onSwitch,
  plain = false,
}: {
  label: string
  on: boolean
  onSwitch(on: boolean): void
  plain?: boolean
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      className={plain ? styles.plainSwitch : styles.switch}
      onClick={() => onSwitch(!on)}
    >
      <span className={styles.knob} data-on={on} />
      {label}
    </button>
  )
}
