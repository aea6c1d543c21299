import {
  ArrowRight,
  Circle,
  CircleCheck,
  Hand,
  LoaderCircle,
  RotateCcw,
  SkipForward,
  WandSparkles,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { StoryStep, WebStory } from '#sandbox/world/story/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import styles from './step-panel.module.css'
import { type StoryActs, useStoryActs } from './use-story.ts'
import { stepWords } from './words.ts'

export interface StepPanelProps {
  story: WebStory
  step: StoryStep
  onNext: () => void
  isLast: boolean
}

/** What a step is about, what it still waits for, and the ways to do it. */
export function StepPanel({ story, step, onNext, isLast }: StepPanelProps) {
  const t = useT()
  const acts = useStoryActs()
  const words = stepWords[step.id]
  const panel = useRef<HTMLElement>(null)
  // Each step begins at the top of the page; on a phone what happens is below, so it is brought into view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per step
  useEffect(() => {
    panel.current?.closest('main')?.scrollTo(0, 0)
  }, [step.id])
  useEffect(() => {
    if (acts.busy && matchMedia('(max-width: 900px)').matches)
      panel.current?.nextElementSibling?.scrollIntoView({ block: 'start', behavior: 'smooth' })
  }, [acts.busy])
  return (
    <section ref={panel} className={styles.panel} aria-label={t(...words.title)}>
      <h2>{t(...words.title)}</h2>
      <p className={styles.text}>{t(...words.text)}</p>
      <Checks step={step} waiting={acts.busy} />
      <div className={styles.acts}>
        <Acts {...{ story, step, onNext, isLast, acts }} />
      </div>
      {words.hand.length > 0 && !step.done ? (
        <p className={styles.hand}>
          <Hand size={15} aria-hidden />
          {t('自己动手：', 'By hand: ')}
          {words.hand.map(({ to, words: [zh, en] }) => (
            <Link key={to} href={addressOf(story, to)}>
              {t(zh, en)} →
            </Link>
          ))}
        </p>
      ) : null}
      <div className={styles.foot}>
        <Button look="text" small disabled={acts.busy} onClick={() => acts.repeat(step.id)}>
          <RotateCcw size={14} aria-hidden />
          {t('再来一次', 'Once more')}
        </Button>
        {step.done ? null : (
          <Button
            look="text"
            small
            disabled={acts.busy}
            onClick={async () => {
              await acts.skip(step.id)
              onNext()
            }}
          >
            <SkipForward size={14} aria-hidden />
            {t('跳过这一步', 'Skip')}
          </Button>
        )}
      </div>
    </section>
  )
}

function Acts({ step, onNext, isLast, acts }: StepPanelProps & { acts: StoryActs }) {
  const t = useT()
  if (step.id === 'connect')
    return (
      <Button
        look="primary"
        busy={acts.busy}
        onClick={async () => {
          await acts.doStep(step)
          onNext()
        }}
      >
        {t('知道了，进入沙箱', 'Got it')}
      </Button>
    )
  if (step.done)
    return (
      <Button look="primary" onClick={onNext}>
        {isLast ? t('完成', 'Finish') : t('下一步', 'Next')}
        <ArrowRight size={16} aria-hidden />
      </Button>
    )
  const left = step.checks.some((check) => check.act !== null && !check.done)
  return (
    <Button look="primary" busy={acts.busy} disabled={!left} onClick={() => acts.doStep(step)}>
      <WandSparkles size={16} aria-hidden />
      {left ? t('替我做', 'Do it for me') : t('请稍等，正在发生…', 'Under way …')}
    </Button>
  )
}

export function Checks({ step, waiting }: { step: StoryStep; waiting: boolean }) {
  const t = useT()
  const words = stepWords[step.id].checks
  const next = step.checks.find((check) => !check.done)
  return (
    <ul className={styles.checks}>
      {step.checks.map((check) => (
        <li key={check.id} data-check={check.id} data-done={check.done}>
          {check.done ? (
            <CircleCheck size={18} aria-label={t('完成', 'done')} />
          ) : check === next && (waiting || check.act === null) ? (
            <LoaderCircle size={18} className={styles.turning} aria-label={t('等待', 'waiting')} />
          ) : (
            <Circle size={18} aria-label={t('未完成', 'not yet')} />
          )}
          {t(...(words[check.id] ?? [check.id, check.id]))}
        </li>
      ))}
    </ul>
  )
}

/** `chat` and `base` are places this story has of its own. */
function addressOf(story: WebStory, to: string): string {
  if (to === 'chat') return story.order ? `/messenger/${story.order.chat_id}` : '/messenger'
  if (to === 'base')
    return story.base ? `/base/${story.base.app_token}?table=${story.base.table_id}` : '/base'
  if (to === '/approval' && story.refund?.approval) return `/approval/${story.refund.approval.instance_code}`
  return to
}
