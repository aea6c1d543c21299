import { describe, expect, it } from 'vitest'
import { buildForm } from '#src/approvals/form.ts'
import type { WidgetDef } from '#src/contracts/approval.ts'
import type { ApprovalWidget } from '#src/feishu/types.ts'
import { playbooks } from '../../playbooks/index.ts'

const approvals = playbooks.flatMap((playbook) =>
  playbook.approvals.map((approval) => [approval.id, approval, playbook.id] as const),
)

/** The definition as people make it by the recipe: our widgets, with every option our samples may choose. */
function byTheRecipe(
  widgets: Readonly<Record<string, WidgetDef>>,
  values: Record<string, unknown>,
): ApprovalWidget[] {
  return Object.entries(widgets).map(([key, def], i) => ({
    id: `widget${i}`,
    customId: def.customId,
    name: def.name,
    type: def.type,
    required: def.required,
    options: [values[key]].flat().map((value) => ({ key: `key-${String(value)}`, text: String(value) })),
  }))
}

describe.each(approvals)('approval %s', (_, approval, playbook) => {
  const values = approval.fill(approval.sample)
  const widgets = byTheRecipe(approval.widgets, values)

  it('takes its own sample', () => {
    expect(approval.input.safeParse(approval.sample).success).toBe(true)
    expect(approval.title(approval.sample)).not.toBe('')
    expect(approval.title(approval.sample).length).toBeLessThan(100)
  })

  it('fills every required widget from its sample, and only widgets it has', () => {
    for (const [key, def] of Object.entries<WidgetDef>(approval.widgets))
      if (def.required) expect(values[key]).toBeDefined()
    expect(Object.keys(approval.widgets)).toEqual(expect.arrayContaining(Object.keys(values)))
  })

  it('makes a form that fits the recipe’s definition', () => {
    const form = buildForm(approval, widgets, approval.sample)
    expect(form).toMatchObject({ ok: true })
    const filled = form.ok ? (JSON.parse(form.form) as { id: string }[]) : []
    expect(new Set(filled.map((one) => one.id)).size).toBe(filled.length)
    expect(filled.length).toBe(
      Object.values(values).filter((value) => value !== undefined && value !== '').length,
    )
  })

  it('names each required widget that is missing', () => {
    for (const def of Object.values<WidgetDef>(approval.widgets)) {
      if (!def.required) continue
      const form = buildForm(
        approval,
        widgets.filter((one) => one.customId !== def.customId),
        approval.sample,
      )
      expect(form.ok ? [] : form.problems).toEqual([expect.stringContaining(def.name)])
    }
  })

  it('has distinct widgets, and the name of its playbook or one of its own', () => {
    const all = Object.values<WidgetDef>(approval.widgets)
    expect(new Set(all.map((def) => def.customId)).size).toBe(all.length)
    expect(new Set(all.map((def) => def.name)).size).toBe(all.length)
    expect(approval.id.startsWith(playbook) || /^[a-z-]+$/.test(approval.id)).toBe(true)
  })
})
