import { Check, Plus, Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useT } from '../../shell/language.tsx'
import styles from './editors.module.css'

export interface Choice {
  id: string
  text: string
  face: ReactNode
}

export interface ChoiceListProps {
  label: string
  choices: readonly Choice[]
  chosen: readonly string[]
  onChoose(id: string): void
  /** What is searched; filtering is the caller's when given. */
  search?: string
  onSearch?(text: string): void
  /** Offers to make what was searched. */
  onMake?: ((text: string) => void) | undefined
  /** Escape, Tab or Enter on nothing. */
  onLeave(key: string): void
  empty?: string
}

const shownAtOnce = 200

/** A list to choose from with a search field; arrows move, Enter chooses. */
export function ChoiceList({
  label,
  choices,
  chosen,
  onChoose,
  search,
  onSearch,
  onMake,
  onLeave,
  empty,
}: ChoiceListProps) {
  const t = useT()
  const [own, setOwn] = useState('')
  const [at, setAt] = useState(0)
  const text = search ?? own
  const wanted = text.trim().toLowerCase()
  const matching = onSearch ? choices : choices.filter((one) => one.text.toLowerCase().includes(wanted))
  const makes = onMake && text.trim() !== '' && !choices.some((one) => one.text === text.trim())
  const listed = matching.slice(0, shownAtOnce)
  const current = Math.min(at, listed.length - 1 + (makes ? 1 : 0))
  const press = (index: number) => {
    const choice = listed[index]
    if (choice) onChoose(choice.id)
    else if (makes) {
      onMake?.(text.trim())
      setOwn('')
    }
  }
  return (
    <div className={styles.choices}>
      <label className={styles.search}>
        <Search size={14} aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: an editor was just opened here
          autoFocus
          aria-label={label}
          placeholder={onMake ? t('搜索或新建选项', 'Search or make an option') : t('搜索', 'Search')}
          value={text}
          onChange={(event) => {
            setAt(0)
            ;(onSearch ?? setOwn)(event.target.value)
          }}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.nativeEvent.isComposing) return
            if (event.key === 'ArrowDown') setAt(current + 1)
            else if (event.key === 'ArrowUp') setAt(Math.max(0, current - 1))
            else if (event.key === 'Enter') press(current)
            else if (event.key === 'Escape' || event.key === 'Tab') onLeave(event.key)
            else return
            event.preventDefault()
          }}
        />
      </label>
      <div role="listbox" aria-label={label} className={styles.list}>
        {listed.map((choice, i) => (
          <button
            key={choice.id}
            type="button"
            role="option"
            aria-selected={chosen.includes(choice.id)}
            data-current={i === current}
            className={styles.choice}
            onClick={() => onChoose(choice.id)}
          >
            {choice.face}
            {chosen.includes(choice.id) ? <Check size={15} aria-hidden className={styles.tick} /> : null}
          </button>
        ))}
        {makes ? (
          <button
            type="button"
            data-current={current >= listed.length}
            className={styles.choice}
            onClick={() => press(listed.length)}
          >
            <Plus size={14} aria-hidden />
            {t(`新建“${text.trim()}”`, `Make “${text.trim()}”`)}
          </button>
        ) : null}
        {listed.length === 0 && !makes ? (
          <p className={styles.none}>{empty ?? t('没有匹配的项', 'Nothing matches')}</p>
        ) : null}
      </div>
    </div>
  )
}
