import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRegistry } from '#src/runtime/registry.ts'
import { tables } from '../../bitable-schemas/index.ts'
import { alertCard, cards } from '../../cards/index.ts'
import { playbooks } from '../../playbooks/index.ts'

const filesIn = (folder: string, ignored: readonly string[]) =>
  readdirSync(new URL(`../../${folder}`, import.meta.url))
    .map((name) => name.replace(/\.ts$/, ''))
    .filter((name) => !ignored.includes(name))
    .sort()
const idsOf = (all: readonly { id: string }[]) => all.map((one) => one.id).sort()
const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

describe('the playbooks together', () => {
  it('make a registry: every action of every card has its handler, no name is used twice', () => {
    const registry = createRegistry(playbooks, [alertCard])
    for (const card of registry.cards.values())
      for (const action of Object.keys(card.actions)) expect(registry.action(card.id, action)).toBeDefined()
    expect(registry.playbooks).toHaveLength(playbooks.length)
  })

  it('are one folder each, named like the playbook', () => {
    expect(idsOf(playbooks)).toEqual(filesIn('playbooks', ['index']))
  })

  it('use tables that are in the base, and cards that are in the list', () => {
    const registry = createRegistry(playbooks, [alertCard])
    for (const table of registry.tableList) expect(tables).toContain(table)
    for (const card of registry.cards.values()) expect(cards).toContain(card)
  })
})

describe.each(playbooks.map((playbook) => [playbook.id, playbook] as const))('playbook %s', (_, playbook) => {
  it('has a Chinese label and names as the house writes them', () => {
    expect(playbook.label).toMatch(/\p{Script=Han}/u)
    for (const name of [playbook.id, ...Object.keys(playbook.jobs), ...playbook.schedules.map((s) => s.id)])
      expect(name).toMatch(kebab)
  })

  it('schedules jobs it has, with inputs they take, away from the crowded minutes', () => {
    for (const { cron, job, input } of playbook.schedules) {
      expect(playbook.jobs[job]?.input.safeParse(input).success).toBe(true)
      expect(['0', '30']).not.toContain(cron.split(' ')[0])
    }
  })

  it('names in its cards’ roles only roles that exist in 人员', () => {
    const roles: { name: string }[] =
      tables.find((table) => table.id === 'people')?.fields.roles?.options ?? []
    const known = roles.map((role) => role.name)
    for (const card of Object.values<(typeof cards)[number]>(playbook.cards))
      for (const named of Object.values<readonly string[] | undefined>(card.roles))
        expect(known).toEqual(expect.arrayContaining([...(named ?? [])]))
  })
})

describe('cards and tables', () => {
  it('are one file each, named like the card or table', () => {
    expect(idsOf(cards)).toEqual(filesIn('cards', ['index', 'digest', 'trial', 'kit']))
    expect(idsOf(tables)).toEqual(filesIn('bitable-schemas', ['index', 'channel-options']))
  })

  it.each(cards.map((card) => [card.id, card] as const))(
    'card %s takes its samples and has a Chinese label',
    (_, card) => {
      expect(card.label).toMatch(/\p{Script=Han}/u)
      expect(card.samples.length).toBeGreaterThan(0)
      for (const sample of card.samples) expect(card.input.safeParse(sample).success).toBe(true)
    },
  )
})
