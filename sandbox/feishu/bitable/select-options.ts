import type { PropertyRequest } from './field-property.ts'
import { limits } from './limits.ts'
import { refuse } from './refusal.ts'
import type { Field, SelectOption, World } from './state.ts'

const colors = 55

/**
 * The options of a select field from what a caller gave. Overwriting matches by id: an option without one is a new
 * option even under an old name, and one left out is gone together with the cells that showed it.
 */
export function readOptions(
  world: World,
  given: unknown,
  request: PropertyRequest,
  wrong: (why: string) => never,
): SelectOption[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) return wrong('options must be a list')
  if (given.length > limits.options) wrong(`at most ${limits.options} options`)
  const known = new Set(request.previous?.property?.options?.map((o) => o.id))
  const options: SelectOption[] = []
  for (const item of given as Record<string, unknown>[]) {
    const name = item?.name
    if (typeof name !== 'string' || name.trim() === '') refuse(1254026, 'an option has no name')
    if (options.some((o) => o.name === name)) wrong(`two options are named "${name}"`)
    const color = item.color ?? nextColor(options)
    if (!Number.isInteger(color) || Number(color) < 0 || Number(color) >= colors)
      wrong('color must be 0 to 54')
    const id = optionId(world, item.id, known, wrong)
    if (options.some((o) => o.id === id)) wrong(`two options have the id ${id}`)
    options.push({ id, name: String(name), color: Number(color) })
  }
  return options
}

function optionId(world: World, given: unknown, known: Set<string>, wrong: (why: string) => never): string {
  if (given === undefined || given === null || given === '') return world.kernel.id('opt')
  if (typeof given === 'string' && known.has(given)) return given
  return wrong(`option id ${String(given)} is not one of this field (new options take none)`)
}

/** Colours count up from the option before. */
export function nextColor(options: readonly SelectOption[]): number {
  const last = options.at(-1)
  return last === undefined ? 0 : (last.color + 1) % colors
}

export function optionsOf(field: Field): SelectOption[] {
  return field.property?.options ?? []
}
