import { createContext, type ReactNode, useContext, useState } from 'react'
import styles from './toast.module.css'

export type ToastKind = 'info' | 'success' | 'error' | 'warning'
type Show = (kind: ToastKind, text: string) => void

interface Toast {
  id: number
  kind: ToastKind
  text: string
}

const shownMs = 3_600
const Context = createContext<Show>(() => undefined)
let lastId = 0

/** Short messages at the top of the screen, as Feishu's. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const show: Show = (kind, text) => {
    lastId += 1
    const toast = { id: lastId, kind, text }
    setToasts((shown) => [...shown.slice(-2), toast])
    setTimeout(() => setToasts((shown) => shown.filter((one) => one !== toast)), shownMs)
  }
  return (
    <Context value={show}>
      {children}
      <div className={styles.stack} role="status" aria-live="polite">
        {toasts.map(({ id, kind, text }) => (
          <div key={id} className={`${styles.toast} ${styles[kind]}`} data-toast={kind}>
            {text}
          </div>
        ))}
      </div>
    </Context>
  )
}

export function useToast(): Show {
  return useContext(Context)
}

/** Runs something for a press and shows its failure instead of losing it. */
export function useTry(): (work: () => Promise<unknown>) => Promise<boolean> {
  const show = useToast()
  return async (work) => {
    try {
      await work()
      return true
    } catch (error) {
      show('error', error instanceof Error ? error.message : String(error))
      return false
    }
  }
}
