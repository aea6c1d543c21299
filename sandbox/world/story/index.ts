import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { ApiFailure, type WebCall } from '../../kernel/types.ts'
import { personOf } from '../../web/person.ts'
import { doFor, isAct, noteOutage } from './act.ts'
import { namesOf, orderTable, tableNamed } from './base.ts'
import { homeView } from './home.ts'
import { claimerOf, lookAtClaim, lookAtOrder, lookAtOutage, lookAtRefund, storyOrder } from './look.ts'
import type { StepId, StoryBase, WebStory } from './shapes.ts'
import { storySteps } from './steps.ts'
import { repeatStep, skipStep, startTour, stepIds, tourChanged, tourOf } from './tour.ts'

/** `/_web/story` (the tour) and `/_web/home` (for who has seen it). */
export function registerStory(kernel: OwnKernel): void {
  kernel.web('GET', 'story', (call) => {
    look(kernel, call)
    return storyView(kernel)
  })
  kernel.web('POST', 'story/start', (call) => {
    personOf(kernel, call)
    startTour(kernel)
    return storyView(kernel)
  })
  kernel.web('POST', 'story/steps/:step/:what', (call) => {
    personOf(kernel, call)
    const step = readStep(call.params.step)
    if (call.params.what === 'skip') skipStep(kernel, step)
    else if (call.params.what === 'repeat') repeatStep(kernel, step)
    else throw new ApiFailure(404, 'skip or repeat', { status: 404 })
    return storyView(kernel)
  })
  kernel.web('POST', 'story/do', async (call) => {
    personOf(kernel, call)
    const { act } = call.body
    if (!isAct(act)) throw new ApiFailure(400, 'act is nothing the tour does')
    await doFor(kernel, act)
    return storyView(kernel)
  })
  kernel.web('GET', 'home', (call) => {
    personOf(kernel, call)
    return homeView(kernel, isConnected(kernel))
  })
}

function readStep(name: string | undefined): StepId {
  const step = stepIds.find((one) => one === name)
  if (!step) throw new ApiFailure(404, 'no such step', { status: 404 })
  return step
}

/** Looking is part of the story: who sees a claimed order as somebody else, and when Feishu is out of reach. */
function look(kernel: OwnKernel, call: WebCall): void {
  const person = personOf(kernel, call)
  const tour = tourOf(kernel)
  noteOutage(kernel)
  const spot = tableNamed(kernel, orderTable)
  if (spot && Object.keys(tour.names).length === 0) {
    tour.names = namesOf(spot)
    tourChanged(kernel)
  }
  const order = storyOrder(kernel)
  const claimer = order && tour.second === null ? claimerOf(kernel, order) : undefined
  if (claimer && claimer.person.open_id !== person.open_id) {
    tour.second = person.open_id
    tourChanged(kernel)
  }
}

function storyView(kernel: OwnKernel): WebStory {
  return {
    connected: isConnected(kernel),
    now: kernel.clock.now(),
    steps: storySteps(kernel),
    base: baseView(kernel),
    order: lookAtOrder(kernel),
    claim: lookAtClaim(kernel),
    refund: lookAtRefund(kernel),
    outage: lookAtOutage(kernel),
  }
}

function baseView(kernel: OwnKernel): StoryBase | null {
  const spot = tableNamed(kernel, orderTable)
  if (!spot) return null
  return { app_token: spot.base.app_token, name: spot.base.name, table_id: spot.table.table_id }
}

function isConnected(kernel: OwnKernel): boolean {
  return kernel.events.longConnection.count() > 0 || kernel.settings.eventUrl !== null
}
