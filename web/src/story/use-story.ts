import { useState } from 'react'
import type { StepId, StoryAct, StoryStep, WebStory } from '#sandbox/world/story/shapes.ts'
import { send } from '../api/client.ts'
import { queryClient, useWeb } from '../api/query.ts'
import { useTry } from '../ui/toast.tsx'

const parts = [
  'tour',
  'im-shown',
  'bitable',
  'approval',
  'jushuitan',
  'douyin-shop-orders',
  'faults',
  'contact',
]
/** Between two things that are done for somebody: slow enough to be seen. */
const pauseMs = 1_100

export function useStory(shown = true) {
  return useWeb<WebStory>(shown ? 'story' : null, parts)
}

/** The step to be shown first: the earliest that is neither done nor skipped. */
export function nextStep(story: WebStory): StoryStep | undefined {
  return story.steps.find((step) => !step.done && !step.skipped)
}

/** Changes the story on the server and shows its answer at once. */
async function change(path: string, body: unknown = {}): Promise<WebStory> {
  const story = await send<WebStory>('POST', path, body)
  queryClient.setQueryData(['web', 'story'], story)
  return story
}

export const startStory = () => change('story/start')

export interface StoryActs {
  busy: boolean
  /** 替我做: everything of the step that nobody has done yet, one after the other. */
  doStep(step: StoryStep): Promise<void>
  doAct(act: StoryAct): Promise<void>
  skip(step: StepId): Promise<void>
  repeat(step: StepId): Promise<void>
}

export function useStoryActs(): StoryActs {
  const attempt = useTry()
  const [busy, setBusy] = useState(false)
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await attempt(work)
    setBusy(false)
  }
  return {
    busy,
    doStep: (step) => run(() => doAll(step)),
    doAct: (act) => run(() => change('story/do', { act })),
    skip: (step) => run(() => change(`story/steps/${step}/skip`)),
    repeat: (step) => run(() => change(`story/steps/${step}/repeat`)),
  }
}

async function doAll(step: StoryStep): Promise<void> {
  const acts = step.checks.flatMap(({ act, done }) => (act === null || done ? [] : [act]))
  for (const [index, act] of acts.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    const story = await change('story/do', { act })
    const now = story.steps.find((one) => one.id === step.id)
    if (now?.done) return
  }
}
