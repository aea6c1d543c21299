/** Interactive cards (JSON 2.0) as pure functions of their input. */
import type { z } from 'zod'

export type CardElement = { tag: string; [key: string]: unknown }

/** Feishu card JSON 2.0 (Feishu docs: 卡片 JSON 2.0 结构). */
export interface CardJson {
  schema: '2.0'
  config?: Record<string, unknown>
  card_link?: Record<string, unknown>
  header?: Record<string, unknown>
  body: { elements: CardElement[]; [key: string]: unknown }
}

/** The `value` of every callback button: card post, action and the action's own value. */
export interface PressValue {
  /** Card post id. */
  p: string
  /** Action name. */
  a: string
  /** Which subject of a digest was meant; absent on a card of its own. */
  s?: string
  v: Record<string, unknown>
}

export type Actions = Readonly<Record<string, z.ZodType<Record<string, unknown>>>>

/** Makes the behaviors of a button that calls us back. */
export type Press<A extends Actions> = <K extends keyof A & string>(
  action: K,
  value: z.infer<A[K]>,
) => { type: 'callback'; value: PressValue }[]

export interface CardDef<I extends z.ZodType = z.ZodType, A extends Actions = Actions> {
  readonly id: string
  readonly label: string
  readonly input: I
  readonly actions: A
  /** Roles that may press each action; absent = every known person. Checked at the click. */
  readonly roles: Partial<Record<keyof A & string, readonly string[]>>
  render(input: z.infer<I>, press: Press<A>): CardJson
  /** One line of a digest card for this subject; cards without it are never bundled. */
  readonly line: ((input: z.infer<I>, press: Press<A>) => CardElement[]) | undefined
  /** Inputs of every state, for the linter and the preview. */
  readonly samples: readonly z.infer<I>[]
}

export interface CardOptions<I extends z.ZodType, A extends Actions> {
  id: string
  label: string
  input: I
  actions?: A
  roles?: Partial<Record<keyof A & string, readonly string[]>>
  render(input: z.infer<I>, press: Press<A>): CardJson
  line?: (input: z.infer<I>, press: Press<A>) => CardElement[]
  samples: readonly z.infer<I>[]
}

export function defineCard<I extends z.ZodType, const A extends Actions = Record<never, never>>(
  options: CardOptions<I, A>,
): CardDef<I, A> {
  return {
    id: options.id,
    label: options.label,
    input: options.input,
    actions: options.actions ?? ({} as A),
    roles: options.roles ?? {},
    render: options.render,
    line: options.line,
    samples: options.samples,
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds cards of many inputs; each is typed where it is defined
export type AnyCard = CardDef<any, any>
export type InputOf<C extends AnyCard> = z.infer<C['input']>

/** What the person who pressed sees at once. The card itself follows with one patch. */
export interface PressAnswer {
  toast: { type: 'info' | 'success' | 'error' | 'warning'; content: string }
}

/** Lays out digest cards; the one definition the card poster needs from content. */
export interface DigestLayout {
  /** At most this many lines in one digest card. */
  readonly maxLines: number
  render(digest: { title: string; lines: readonly { label: string; elements: CardElement[] }[] }): CardJson
  /** A card that replaces one that Feishu no longer lets us change (14 days): adds a note with a link to the old one. */
  superseded(card: CardJson, old: { messageId: string; postedAt: number }): CardJson
}
