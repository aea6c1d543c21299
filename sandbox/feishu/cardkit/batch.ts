import { addElements, changeSettings, deleteElement, patchElement, replaceElement } from './elements.ts'
import type { CardObject } from './entities.ts'
import { cardkitFailure } from './failures.ts'

type Params = Record<string, unknown>

const actions: Record<string, (card: CardObject, params: Params) => void> = {
  partial_update_setting: (card, { settings }) => changeSettings(card, (settings ?? {}) as CardObject),
  add_elements: (card, { type, target_element_id, elements }) =>
    addElements(card, { type, target: target_element_id, elements }),
  delete_elements(card, { element_ids }) {
    if (!Array.isArray(element_ids)) throw cardkitFailure(300314, 'element_ids must be a list')
    for (const id of element_ids) deleteElement(card, String(id))
  },
  partial_update_element: (card, { element_id, partial_element }) =>
    patchElement(card, String(element_id), (partial_element ?? {}) as CardObject),
  update_element: (card, { element_id, element }) =>
    replaceElement(card, String(element_id), (element ?? {}) as CardObject),
}

/** POST batch_update: several operations, all or none. Feishu docs: 局部更新卡片实体. */
export function runActions(card: CardObject, list: unknown): void {
  if (!Array.isArray(list)) throw cardkitFailure(10002, 'actions must be a list')
  for (const item of list as { action?: unknown; params?: unknown }[]) {
    const run = actions[String(item?.action)]
    if (!run) throw cardkitFailure(10002, `unknown action ${String(item?.action)}`)
    run(card, (item.params ?? {}) as Params)
  }
}
