import { Check, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { StepId, WebStory } from '#sandbox/world/story/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Loading } from '../ui/loading.tsx'
import { useTry } from '../ui/toast.tsx'
import { ClaimStage } from './claim-stage.tsx'
import { ConnectStage } from './connect-stage.tsx'
import { rememberTour, tourMemory } from './memory.ts'
import { NotConnected } from './not-connected.tsx'
import { OrderStage } from './order-stage.tsx'
import { OutageStage } from './outage-stage.tsx'
import { RefundStage } from './refund-stage.tsx'
import { StepPanel } from './step-panel.tsx'
import styles from './tour.module.css'
import { nextStep, startStory, useStory } from './use-story.ts'
import { stepWords } from './words.ts'

/** The guided tour: five steps, each by hand, done for one, skipped or repeated. */
export function Tour() {
  const t = useT()
  const attempt = useTry()
  const story = useStory()
  const [ready, setReady] = useState(tourMemory() === 'open')
  const begun = useRef(ready)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    // What an earlier visitor did is not this one's.
    void attempt(startStory).then(() => {
      rememberTour('open')
      setReady(true)
    })
  }, [attempt])
  // A product that loses its connection while Feishu is out of reach is part of the story.
  const known = useRef(false)
  if (story.data?.connected) known.current = true
  if (!ready || story.data === undefined)
    return story.error ? <p role="alert">{story.error.message}</p> : <Loading />
  return (
    <div className={styles.tour}>
      <header className={styles.header}>
        <div>
          <h1>{t('三分钟看懂汇流', 'Huiliu in three minutes')}</h1>
          <p>
            {t(
              '这里有三家店、七天的订单和一家公司的飞书，都是演示数据，随便点。',
              'Three shops, seven days of orders and a company’s Feishu: all demo data, press anything.',
            )}
          </p>
        </div>
        <Button look="text" onClick={() => rememberTour('seen')}>
          <X size={16} aria-hidden />
          {t('结束导览', 'End the tour')}
        </Button>
      </header>
      {known.current || story.data.outage.offline ? <Steps story={story.data} /> : <NotConnected />}
    </div>
  )
}

function Steps({ story }: { story: WebStory }) {
  const [search, setSearch] = useSearchParams()
  const wanted = story.steps.find((step) => step.id === search.get('step'))
  const step = wanted ?? nextStep(story) ?? story.steps.at(-1)
  const shown = useRef(step?.id)
  // A step that was just finished stays on screen until somebody goes on.
  const current = wanted ?? story.steps.find((one) => one.id === shown.current) ?? step
  if (current === undefined) return null
  shown.current = current.id
  const go = (id: StepId) => setSearch({ step: id })
  const index = story.steps.indexOf(current)
  const next = story.steps[index + 1]
  return (
    <>
      <Stepper story={story} current={current.id} onGo={go} />
      <div className={styles.columns}>
        <StepPanel
          story={story}
          step={current}
          onNext={next ? () => go(next.id) : () => rememberTour('seen')}
          isLast={next === undefined}
        />
        <div className={styles.stage}>
          <Stage story={story} id={current.id} />
        </div>
      </div>
    </>
  )
}

function Stage({ story, id }: { story: WebStory; id: StepId }) {
  switch (id) {
    case 'order':
      return <OrderStage story={story} />
    case 'claim':
      return <ClaimStage story={story} />
    case 'refund':
      return <RefundStage story={story} />
    case 'outage':
      return <OutageStage story={story} />
    case 'connect':
      return <ConnectStage />
  }
}

interface StepperProps {
  story: WebStory
  current: StepId
  onGo: (id: StepId) => void
}

function Stepper({ story, current, onGo }: StepperProps) {
  const t = useT()
  return (
    <ol className={styles.stepper} aria-label={t('导览步骤', 'Steps')}>
      {story.steps.map((step, index) => (
        <li key={step.id} data-done={step.done} data-skipped={step.skipped && !step.done}>
          <button
            type="button"
            aria-current={step.id === current ? 'step' : undefined}
            onClick={() => onGo(step.id)}
          >
            <span className={styles.number}>
              {step.done ? <Check size={14} aria-label={t('已完成', 'done')} /> : index + 1}
            </span>
            <span className={styles.name}>{t(...stepWords[step.id].name)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
