import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCard } from '#src/contracts/card.ts'
import { type AnyPlaybook, defineJob } from '#src/contracts/playbook.ts'
import { table, text } from '#src/contracts/table.ts'
import { createRegistry } from '#src/runtime/registry.ts'

const card = (id: string) =>
  defineCard({
    id,
    label: id,
    input: z.object({}),
    actions: { take: z.object({}) },
    render: () => ({ schema: '2.0', body: { elements: [] } }),
    samples: [{}],
  })
const take = async () => ({ toast: { type: 'info', content: '' } }) as const
const playbook = (id: string, parts: Partial<AnyPlaybook> = {}): AnyPlaybook => ({
  id,
  label: id,
  tables: [],
  cards: {},
  approvals: [],
  on: {},
  actions: {},
  jobs: {},
  schedules: [],
  ...parts,
})

describe('the registry', () => {
  it('finds handlers in playbook order, actions by card, jobs and schedules by playbook', () => {
    const first = playbook('first', { on: { 'order.created': async () => undefined } })
    const second = playbook('second', {
      on: { 'order.created': async () => undefined },
      cards: { note: card('note') },
      actions: { note: { take } },
      jobs: { remind: defineJob({ input: z.object({}), run: async () => undefined }) },
      schedules: [{ id: 'daily', cron: '7 9 * * *', job: 'remind', input: {} }],
    })
    const registry = createRegistry([first, second])
    expect(registry.handlers('order.created').map((one) => one.playbook)).toEqual(['first', 'second'])
    expect(registry.handlers('order.changed')).toEqual([])
    expect(registry.action('note', 'take')).toMatchObject({ playbook: 'second' })
    expect(registry.action('note', 'toString')).toBeUndefined()
    expect([...registry.jobs.keys()]).toEqual(['second.remind'])
    expect(registry.schedules).toMatchObject([{ id: 'daily', playbook: 'second' }])
  })

  it('refuses a card whose action nobody handles', () => {
    const broken = playbook('p', { cards: { note: card('note') }, actions: { note: {} } })
    expect(() => createRegistry([broken])).toThrow('Playbook p: card note has no handler for take')
    expect(() => createRegistry([playbook('p', { cards: { note: card('note') } })])).toThrow('take')
  })

  it('refuses two different things of one name, and takes the same thing twice', () => {
    const notes = table('notes', '便条', { no: text('编号').key() })
    const other = table('notes', '别的', { no: text('编号').key() })
    const withTable = (id: string, one: typeof notes) => playbook(id, { tables: [one] })
    expect(() => createRegistry([withTable('a', notes), withTable('b', other)])).toThrow('notes')
    expect(createRegistry([withTable('a', notes), withTable('b', notes)]).tableList).toEqual([notes])
    expect(() =>
      createRegistry([playbook('a', { cards: { x: card('x') }, actions: { x: { take } } })], [card('x')]),
    ).toThrow('x')
  })
})
