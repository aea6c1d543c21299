import { Check } from 'lucide-react'
import type { WebScope } from '#sandbox/feishu/oauth/web/login-shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './login.module.css'

/** What an application asks for, in words, with the platform's name below. */
export function ScopeList(props: { title: string; scopes: readonly WebScope[]; otherwise?: string }) {
  const t = useT()
  return (
    <section className={styles.scopes} aria-label={props.title}>
      <h2>{props.title}</h2>
      <ul>
        {props.scopes.length === 0 && props.otherwise ? (
          <li>
            <Check size={15} aria-hidden />
            {props.otherwise}
          </li>
        ) : null}
        {props.scopes.map(({ name, zh, en }) => (
          <li key={name}>
            <Check size={15} aria-hidden />
            <span>
              {t(zh, en)}
              {zh === name ? null : <code>{name}</code>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
