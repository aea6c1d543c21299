import styles from './content.module.css'

export function Hr() {
  return <hr className={styles.hr} />
}
