/** What the browser client sends when a card is pressed, and what it is told. Types only: both sides import them. */

export interface WebClickRequest {
  message_id: string
  /** JSON of the pressed element, as the card shows it */
  element: { readonly [key: string]: unknown }
  form_value?: Record<string, unknown>
  input_value?: string
  option?: string
  options?: string[]
  checked?: boolean
}

export interface WebClickAnswer {
  /** null: nothing was called */
  outcome: { ok: boolean; clientCode?: number; detail?: string; ms: number } | null
  toast?: {
    type?: 'info' | 'success' | 'error' | 'warning'
    content?: string
    i18n?: Record<string, string>
  }
  /** the card that the app answered with; null when it answered none */
  card: unknown
}
