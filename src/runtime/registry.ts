import type { AnyApproval } from '#src/contracts/approval.ts'
import type { AnyCard, PressAnswer } from '#src/contracts/card.ts'
import type { CanonicalEvent, EventType } from '#src/contracts/event.ts'
import type { AnyPlaybook, HandlerContext, JobDef, PressEvent, Schedule } from '#src/contracts/playbook.ts'
import type { AnyTable } from '#src/contracts/table.ts'

export type EventHandler = (ctx: HandlerContext, event: CanonicalEvent) => Promise<void>
export type ActionHandler = (ctx: HandlerContext, press: PressEvent) => Promise<PressAnswer>

/** Everything the playbooks bring, by the names the machine meets at run time. */
export interface Registry {
  readonly playbooks: readonly AnyPlaybook[]
  readonly tables: ReadonlyMap<string, AnyTable>
  readonly tableList: readonly AnyTable[]
  readonly cards: ReadonlyMap<string, AnyCard>
  readonly approvals: ReadonlyMap<string, AnyApproval>
  /** Handlers of an event type, in playbook order. */
  handlers(type: EventType): readonly { playbook: string; handle: EventHandler }[]
  /** Handler of a card's action, with its card. */
  action(
    cardId: string,
    action: string,
  ): { playbook: string; card: AnyCard; handle: ActionHandler } | undefined
  /** Jobs by `<playbook>.<job>`. */
  readonly jobs: ReadonlyMap<string, { playbook: string; job: JobDef }>
  readonly schedules: readonly (Schedule & { playbook: string })[]
}

function addOnce<V>(map: Map<string, V>, what: string, key: string, value: V): void {
  const known = map.get(key)
  if (known !== undefined && known !== value) throw new Error(`Two different ${what}s are called ${key}`)
  map.set(key, value)
}

/** Collects the playbooks; throws when two of them claim the same name or a card's action has no handler. */
export function createRegistry(
  playbooks: readonly AnyPlaybook[],
  extraCards: readonly AnyCard[] = [],
): Registry {
  const tables = new Map<string, AnyTable>()
  const cards = new Map<string, AnyCard>()
  const approvals = new Map<string, AnyApproval>()
  const jobs = new Map<string, { playbook: string; job: JobDef }>()
  const actions = new Map<string, { playbook: string; card: AnyCard; handle: ActionHandler }>()
  for (const card of extraCards) addOnce(cards, 'card', card.id, card)
  for (const playbook of playbooks) {
    for (const table of playbook.tables) addOnce(tables, 'table', table.id, table)
    for (const approval of playbook.approvals) addOnce(approvals, 'approval', approval.id, approval)
    for (const [name, job] of Object.entries<JobDef>(playbook.jobs)) {
      addOnce(jobs, 'job', `${playbook.id}.${name}`, { playbook: playbook.id, job })
    }
    for (const [slot, card] of Object.entries<AnyCard>(playbook.cards)) {
      addOnce(cards, 'card', card.id, card)
      const handlers = playbook.actions[slot] as Record<string, ActionHandler> | undefined
      for (const action of Object.keys(card.actions)) {
        const handle = handlers?.[action]
        if (handle === undefined)
          throw new Error(`Playbook ${playbook.id}: card ${card.id} has no handler for ${action}`)
        addOnce(actions, 'action', `${card.id}/${action}`, { playbook: playbook.id, card, handle })
      }
    }
  }
  return {
    playbooks,
    tables,
    tableList: [...tables.values()],
    cards,
    approvals,
    jobs,
    handlers: (type) =>
      playbooks.flatMap((p) => {
        const handle = p.on[type] as EventHandler | undefined
        return handle === undefined ? [] : [{ playbook: p.id, handle }]
      }),
    action: (cardId, action) => actions.get(`${cardId}/${action}`),
    schedules: playbooks.flatMap((p) => p.schedules.map((s) => ({ ...s, playbook: p.id }))),
  }
}
