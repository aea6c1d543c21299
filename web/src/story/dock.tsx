import { ChevronDown, ChevronUp, Sparkles, WandSparkles, X } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import styles from './dock.module.css'
import { rememberTour, useTourMemory } from './memory.ts'
import { Checks } from './step-panel.tsx'
import { nextStep, useStory, useStoryActs } from './use-story.ts'
import { stepWords } from './words.ts'

/** The tour beside the real pages: it ticks what is done by hand, and covers nothing. */
export function Dock() {
  const t = useT()
  const [path] = useLocation()
  const isShown = useTourMemory() === 'open' && path !== '/'
  const { data: story } = useStory(isShown)
  const acts = useStoryActs()
  const [open, setOpen] = useState(() => !matchMedia('(max-width: 900px)').matches)
  if (!isShown || story === undefined) return null
  const step = nextStep(story)
  const number = step ? story.steps.indexOf(step) + 1 : story.steps.length
  const done = step?.checks.filter((check) => check.done).length ?? 0
  return (
    <aside className={styles.dock} data-open={open} aria-label={t('导览', 'Tour')}>
      <header>
        <button type="button" className={styles.title} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Sparkles size={16} aria-hidden />
          <b>
            {t('导览', 'Tour')} {number}/{story.steps.length}
          </b>
          <span>
            {step ? t(...stepWords[step.id].name) : t('全部完成', 'All done')}
            {step ? ` ${done}/${step.checks.length}` : ''}
          </span>
          {open ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
        </button>
        <button
          type="button"
          className={styles.close}
          aria-label={t('结束导览', 'End the tour')}
          onClick={() => rememberTour('seen')}
        >
          <X size={16} />
        </button>
      </header>
      {open ? (
        <div className={styles.body}>
          {step ? (
            <>
              <strong>{t(...stepWords[step.id].title)}</strong>
              <Checks step={step} waiting={acts.busy} />
            </>
          ) : (
            <p>{t('五步都看完了。', 'You have seen all five steps.')}</p>
          )}
          <div className={styles.acts}>
            {step && step.id !== 'connect' ? (
              <Button small busy={acts.busy} onClick={() => acts.doStep(step)}>
                <WandSparkles size={14} aria-hidden />
                {t('替我做', 'Do it for me')}
              </Button>
            ) : null}
            <Link href="/">{t('回到导览', 'Back to the tour')}</Link>
          </div>
        </div>
      ) : null}
    </aside>
  )
}
