/** People deciding together: one of them (OR), all (AND) or one after the other; and people added to them. */
import type { Kernel } from '../../kernel/types.ts'
import { type Instance, newNumber, type Stage, type Task } from './state.ts'
import { addTask, endTask, openTasks } from './task-list.ts'

export function newStage(
  kernel: Kernel,
  instance: Instance,
  wanted: Pick<Stage, 'nodeId' | 'method'> & Partial<Pick<Stage, 'parent' | 'resume'>>,
): Stage {
  const stage: Stage = { id: newNumber(kernel), waiting: [], ended: false, ...wanted }
  instance.stages.push(stage)
  return stage
}

/** Asks people: all at once, or only the first of a line. */
export function beginStage(
  kernel: Kernel,
  instance: Instance,
  {
    people,
    ...wanted
  }: Pick<Stage, 'nodeId' | 'method'> & Partial<Pick<Stage, 'parent' | 'resume'>> & { people: string[] },
): Stage {
  const stage = newStage(kernel, instance, wanted)
  const first = stage.method === 'SEQUENTIAL' ? people.slice(0, 1) : people
  stage.waiting = people.slice(first.length)
  for (const openId of first) ask(kernel, instance, stage, openId)
  return stage
}

export function ask(kernel: Kernel, instance: Instance, stage: Stage, openId: string): void {
  addTask(kernel, instance, { openId, nodeId: stage.nodeId, type: stage.method, stage: stage.id })
}

/** After somebody approved: true once the whole node has decided. */
export function decideInStage(kernel: Kernel, instance: Instance, task: Task): boolean {
  const stage = stageOf(instance, task.stage)
  if (!stage) return openTasks(instance).length === 0
  if (stage.method === 'OR') endOthers(kernel, instance, stage)
  const next = stage.waiting.shift()
  if (next !== undefined) {
    ask(kernel, instance, stage, next)
    return false
  }
  return settle(kernel, instance, stage)
}

/** Nobody open in the stage or below it: it has ended, and so may the one it was added to. */
function settle(kernel: Kernel, instance: Instance, stage: Stage): boolean {
  const busy =
    stage.waiting.length > 0 ||
    openTasks(instance).some((task) => task.stage === stage.id) ||
    instance.stages.some((one) => one.parent === stage.id && !one.ended)
  if (busy) return false
  stage.ended = true
  const parent = stage.parent === undefined ? undefined : stageOf(instance, stage.parent)
  if (!parent) return true
  if (stage.resume !== undefined) {
    ask(kernel, instance, parent, stage.resume)
    return false
  }
  return settle(kernel, instance, parent)
}

/** One approval was enough: the others of the stage, and people asked on their behalf, are done. */
function endOthers(kernel: Kernel, instance: Instance, stage: Stage): void {
  stage.waiting = []
  const added = instance.stages.filter((one) => one.parent === stage.id && one.resume !== undefined)
  for (const one of added) one.ended = true
  const ended = new Set([stage.id, ...added.map((one) => one.id)])
  for (const other of openTasks(instance).filter((one) => ended.has(one.stage)))
    endTask(kernel, instance, other, { status: 'DONE' })
}

/** Nobody is asked any more. */
export function closeStages(kernel: Kernel, instance: Instance): void {
  for (const task of openTasks(instance)) endTask(kernel, instance, task, { status: 'DONE' })
  for (const stage of instance.stages) stage.ended = true
}

export function stageOf(instance: Instance, id: string): Stage | undefined {
  return instance.stages.find((one) => one.id === id)
}
