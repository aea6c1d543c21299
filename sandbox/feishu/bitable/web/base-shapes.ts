/** What the browser client is told about bases. Types only: both sides import them. */

/** What a person may do with a whole base. */
export type BaseRight = 'view' | 'edit' | 'manage'

export interface WebBaseEntry {
  app_token: string
  name: string
  /** Name of the owner; the bot's when the app made the base. */
  owner: string
  tables: { table_id: string; name: string; rows: number }[]
  right: BaseRight
}

export interface WebOption {
  id: string
  name: string
  /** 0–54 */
  color: number
}

/** Everything a field's property may hold; which keys apply depends on type and ui_type. */
export interface WebProperty {
  options?: WebOption[]
  formatter?: string
  date_formatter?: string
  auto_fill?: boolean
  multiple?: boolean
  table_id?: string
  back_field_name?: string
  auto_serial?: { type: string; options?: { type: string; value: string }[] }
  location?: { input_type: string }
  formula_expression?: string
  allowed_edit_modes?: { manual: boolean; scan: boolean }
  min?: number
  max?: number
  range_customize?: boolean
  currency_code?: string
  rating?: { symbol: string }
}

export interface WebField {
  field_id: string
  name: string
  type: number
  ui_type: string
  primary: boolean
  description: string
  property: WebProperty | null
  /** This person may change its cells (false for computed types too). */
  editable: boolean
}

export interface WebCondition {
  field_id: string
  operator: string
  /** Option ids, open_ids, text; dates as the open API's words (`Today`, `ExactDate` + ms). */
  values: string[]
}

export interface WebFilter {
  conjunction: 'and' | 'or'
  conditions: WebCondition[]
}

export interface WebOrder {
  field_id: string
  desc: boolean
}

export type RowHeight = 'low' | 'medium' | 'high' | 'extra'

/** How a view looks beyond what the open API knows: shared by everybody who opens it. */
export interface WebLayout {
  sort: WebOrder[]
  group: WebOrder[]
  /** field ids from left to right; fields that are not named come last */
  order: string[]
  /** px by field id */
  widths: Record<string, number>
  row_height: RowHeight
  /** Kanban: the select or person field whose values are the columns. */
  stack: string | null
  /** Gallery and kanban: the attachment field shown on top of a card. */
  cover: string | null
  /** Gantt: the date fields a bar begins and ends with. */
  start: string | null
  end: string | null
}

export interface WebView {
  view_id: string
  name: string
  /** grid, kanban, gallery, gantt, form */
  type: string
  filter: WebFilter | null
  hidden: string[]
  layout: WebLayout
}

export interface WebTable {
  table_id: string
  name: string
  rows: number
  /** names of the sandbox's states that its rows depend on */
  parts: string[]
  /** `manage`: fields and the table itself; `views`: their filters, orders and hidden fields */
  may: { edit: boolean; add: boolean; delete: boolean; manage: boolean; views: boolean }
  fields: WebField[]
  views: WebView[]
}

export interface WebBase {
  app_token: string
  name: string
  owner: string
  time_zone: string
  right: BaseRight
  /** Advanced permissions are on. */
  advanced: boolean
  tables: WebTable[]
}

export interface WebPlace {
  location: string
  full_address: string
  name: string
}

/** A person, a group or a linked record. */
export interface WebRef {
  id: string
  name: string
}

export interface WebFile {
  file_token: string
  name: string
  /** bytes */
  size: number
  /** MIME type */
  type: string
}

/**
 * A cell as the client shows it. Text, phone, numbers of an AutoNumber: string; number and dates (ms): number;
 * one option: its id; several options: ids; people, groups, links: refs; files; url and location: object.
 */
export type WebCell =
  | string
  | number
  | boolean
  | string[]
  | WebRef[]
  | WebFile[]
  | { text: string; link: string }
  | WebPlace

export interface WebRow {
  record_id: string
  /** by field id; empty cells are absent */
  cells: Record<string, WebCell>
}

/** Rows `from` … of a view's order. */
export interface WebRows {
  total: number
  from: number
  rows: WebRow[]
}

/** Rows of a view that have the same values in the fields it is grouped by. */
export interface WebGroup {
  /** one per group field; null: empty */
  values: (WebCell | null)[]
  /** place of its first row in the view's order */
  start: number
  count: number
}

export interface WebOutline {
  total: number
  /** [] when the view is not grouped */
  groups: WebGroup[]
}

export interface WebFound {
  /** places in the view's order, at most 1,000 */
  places: number[]
  ids: string[]
}

export interface WebRecord {
  row: WebRow
  created_time: number
  created_by: string
  last_modified_time: number
  last_modified_by: string
  /** Neighbours in the view's order; null at its ends. */
  previous: string | null
  next: string | null
}

/** One change of a record. */
export interface WebChange {
  /** ms */
  at: number
  /** name */
  by: string
  action: 'added' | 'edited'
  /** fields the person sees; null: empty */
  cells: { field_id: string; before: WebCell | null; after: WebCell | null }[]
}

export interface WebPasted {
  changed: number
  added: number
  /** cells whose text does not fit the field */
  skipped: number
}
