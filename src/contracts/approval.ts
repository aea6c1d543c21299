/** Approval forms: which of our fields goes into which widget of the definition that people made in the console. */
import type { z } from 'zod'

export type WidgetType =
  | 'input'
  | 'textarea'
  | 'number'
  | 'amount'
  | 'date'
  | 'radioV2'
  | 'checkboxV2'
  | 'contact'

export interface WidgetDef {
  /** Matched first: the widget's custom id in the definition. */
  readonly customId: string
  /** Matched next: the widget's visible name. */
  readonly name: string
  readonly type: WidgetType
  /** A definition lacking a required widget is reported and no instance is opened. */
  readonly required: boolean
}

/** input/textarea/radio text; number; amount in fen; date in ms; contact open_ids. radio and checkbox by option TEXT (or key). */
export type WidgetValue = string | number | readonly string[]

export interface ApprovalDef<I extends z.ZodType = z.ZodType> {
  readonly id: string
  readonly label: string
  readonly input: I
  readonly widgets: Readonly<Record<string, WidgetDef>>
  /** Values by our widget key; undefined leaves the widget out (a present widget must have a value). */
  fill(input: z.infer<I>): Readonly<Record<string, WidgetValue | undefined>>
  title(input: z.infer<I>): string
  /** One input, for the contract test. */
  readonly sample: z.infer<I>
}

export function defineApproval<I extends z.ZodType>(definition: ApprovalDef<I>): ApprovalDef<I> {
  return definition
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds forms of many inputs; each is typed where it is defined
export type AnyApproval = ApprovalDef<any>

/** A case as playbooks see it. `open` means: the instance exists in Feishu and waits for people. */
export type CaseState = 'wanted' | 'open' | 'approved' | 'rejected' | 'cancelled' | 'parked'

export interface CaseView {
  id: string
  approval: string
  subject: string
  state: CaseState
  /** What people decide about: the form's input as it was when the case was wanted. */
  input: Readonly<Record<string, unknown>>
  instanceCode?: string
  /** The case this one replaced (amount changed while approving). */
  replaces?: string
  openedAt?: number
}
