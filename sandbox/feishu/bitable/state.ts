import type { Kernel } from '../../kernel/types.ts'
import type { Directory } from './directory.ts'

export interface SelectOption {
  id: string
  name: string
  color: number
}

/** Everything a field's `property` may hold; which keys apply depends on type and ui_type. */
export interface FieldProperty {
  options?: SelectOption[]
  formatter?: string
  date_formatter?: string
  auto_fill?: boolean
  multiple?: boolean
  table_id?: string
  back_field_id?: string
  back_field_name?: string
  auto_serial?: AutoSerial
  location?: { input_type: string }
  formula_expression?: string
  type?: Record<string, unknown>
  allowed_edit_modes?: { manual: boolean; scan: boolean }
  min?: number
  max?: number
  range_customize?: boolean
  currency_code?: string
  rating?: { symbol: string }
}

export interface AutoSerial {
  type: 'custom' | 'auto_increment_number'
  options?: { type: string; value: string }[]
}

export interface Field {
  field_id: string
  field_name: string
  type: number
  ui_type: string
  property: FieldProperty | null
  description: { disable_sync: boolean; text: string } | null
  is_primary: boolean
}

/**
 * A stored cell. Text, phone: string; number, ms: number; select: option id(s); people, groups, links, files: ids;
 * url and location: object. An empty cell is absent.
 */
export type Cell = string | number | boolean | string[] | { text: string; link: string } | Place

export interface Place {
  location: string
  pname: string
  cityname: string
  adname: string
  address: string
  name: string
  full_address: string
}

export type Cells = Record<string, Cell>

export interface Row {
  record_id: string
  cells: Cells
  /** Counts up within the table: what an AutoNumber field shows. */
  serial: number
  created_time: number
  created_by: string
  last_modified_time: number
  last_modified_by: string
}

export interface ViewCondition {
  condition_id: string
  field_id: string
  field_type: number
  operator: string
  /** JSON-encoded array; null for isEmpty and isNotEmpty. */
  value: string | null
}

export interface View {
  view_id: string
  view_name: string
  view_type: string
  property: {
    filter_info: { conjunction: string; conditions: ViewCondition[]; condition_omitted: null } | null
    hidden_fields: string[] | null
    hierarchy_config: { field_id: string } | null
  }
  form: Form | null
}

export interface Form {
  description: string
  shared: boolean
  shared_limit: string
  submit_limit_once: boolean
  /** Of the newer kind, made by an upgrade. */
  upgraded?: boolean
  order: string[]
  questions: Record<string, { title?: string; description?: string; required?: boolean; visible?: boolean }>
}

export interface Table {
  table_id: string
  name: string
  revision: number
  fields: Field[]
  views: View[]
  row_count: number
  next_serial: number
  field_groups?: FieldGroup[]
}

export interface FieldGroup {
  id: string
  name: string
  description: string
  children: { type: string; id: string }[]
}

export interface Base {
  app_token: string
  name: string
  folder_token: string
  /** 'app' or the open_id of the person who made it. */
  owner: string
  /** Whether the app may open a base that a person owns. */
  shared_with_app: boolean
  time_zone: string
  revision: number
  is_advanced: boolean
  /** What the app was given through 添加文档应用 on a person's base; absent: may manage. */
  app_perm?: DocumentPermission
  /** ms of sandbox time until which a copy answers "still copying". */
  copying_until: number
  tables: Table[]
  /** Custom roles of the advanced permissions. */
  roles?: Role[]
  dashboards?: Dashboard[]
  workflows?: Workflow[]
}

export type DocumentPermission = 'view' | 'edit' | 'full_access'

export interface Dashboard {
  block_id: string
  name: string
}

export interface Workflow {
  workflow_id: string
  title: string
  status: 'Enable' | 'Disable'
}

/** Fields and views are kept by id, so that renaming one changes nobody's rights; callers name fields. */
export interface Role {
  role_id: string
  role_name: string
  table_roles: TableRole[]
  block_roles: { block_id: string; block_perm: number }[]
  base_rule: Record<string, number> | null
  members: RoleMember[]
}

export interface RoleMember {
  type: 'user' | 'chat' | 'department'
  /** open_id, chat_id or department_id */
  id: string
}

export interface TableRole {
  table_id: string
  /** 0 nothing, 1 read, 2 edit, 4 manage */
  table_perm: number
  rec_rule: RecordRule | null
  other_rec_rule: RecordRule | null
  /** By field_id: 1 read, 2 add, 3 edit. null: every field as the table. */
  field_perm: Record<string, number> | null
  allow_add_record: boolean
  allow_delete_record: boolean
  /** 1 read, 2 edit */
  view_perm: number
  view_rules: Record<string, number> | null
  field_action_rules: Record<string, Record<string, number>> | null
}

export interface RecordRule {
  conjunction: string
  /** field_id '' means: the visitor made the record. */
  conditions: { field_id: string; operator: string; value: string[] }[]
  other_perm: number
}

/** The base part of the sandbox, handed to every function of this folder. */
export interface World {
  readonly kernel: Kernel
  readonly directory: Directory
  /** app_tokens with a write in flight. */
  readonly writing: Set<string>
  readonly tokensInFlight: Set<string>
}

export interface Spot {
  base: Base
  table: Table
}

export function bases(world: Pick<World, 'kernel'>): Base[] {
  return world.kernel.state('bitable', () => ({ bases: [] as Base[] })).bases
}

/** Rows by record_id, in the order they were added. A part of its own per table, so a save writes only changed tables. */
export function rowsOf(world: World, base: Base, table: Table): Record<string, Row> {
  return world.kernel.state(rowsPart(base, table), () => ({}) as Record<string, Row>)
}

export function rowsChanged(world: World, base: Base, table: Table): void {
  world.kernel.changed(rowsPart(base, table))
  structureChanged(world)
}

export function structureChanged(world: World): void {
  world.kernel.changed('bitable')
}

/** Name of the state a table's rows are kept in. */
export function rowsPart(base: Base, table: Table): string {
  return `bitable-rows-${base.app_token}-${table.table_id}`
}

/** Forgets a deleted table's rows, on disk as well. */
export function dropRows(world: World, base: Base, table: Table): void {
  const rows = rowsOf(world, base, table)
  for (const id of Object.keys(rows)) delete rows[id]
  rowsChanged(world, base, table)
}
