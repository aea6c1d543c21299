import { and, eq, inArray } from 'drizzle-orm'
import type { Executor } from '#src/db/database.ts'
import { bindings } from '#src/db/schema/index.ts'

export type Binding = typeof bindings.$inferSelect
type Kind = 'base' | 'table' | 'field' | 'view'

/** What Feishu last said of a field: enough to write to it by name and to read it by id. */
export interface KnownField {
  name: string
  type: number
  /** `our` is the name in the definition; an option people added has the same name on both sides. */
  options: { our: string; id: string; name: string }[]
}

export function knownField(binding: Binding): KnownField {
  const { name, type, options } = binding.known
  return { name: String(name), type: Number(type), options: Array.isArray(options) ? options : [] }
}

export async function readBindings(executor: Executor): Promise<Binding[]> {
  return executor.select().from(bindings)
}

export async function readBinding(executor: Executor, kind: Kind, key: string): Promise<Binding | undefined> {
  const [binding] = await executor
    .select()
    .from(bindings)
    .where(and(eq(bindings.kind, kind), eq(bindings.key, key)))
  return binding
}

export async function saveBinding(
  executor: Executor,
  binding: Omit<Binding, 'state'> & { state?: Binding['state'] },
): Promise<void> {
  const row = { ...binding, state: binding.state ?? ('ok' as const) }
  const { kind: _kind, key: _key, ...changed } = row
  await executor
    .insert(bindings)
    .values(row)
    .onConflictDoUpdate({ target: [bindings.kind, bindings.key], set: changed })
}

/** Forgets everything that hangs on a table that is no longer there. */
export async function dropTableBindings(executor: Executor, feishuTableId: string): Promise<void> {
  await executor
    .delete(bindings)
    .where(and(inArray(bindings.kind, ['field', 'view']), eq(bindings.parentId, feishuTableId)))
}
