import { Check } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { useCard } from '../context.ts'
import { type CardObject, isObject, objectsOf, textOf } from '../json.ts'
import { CardIcon } from '../parts/icon.tsx'
import { useWords } from '../parts/text.tsx'
import styles from './fields.module.css'

export interface Choice {
  value: string
  text: string
  icon: ReactNode
}

const searchedFrom = 8

/** What can be chosen: the options, or people by name (the chat's members where a card names nobody). */
export function useChoices(element: CardObject): Choice[] {
  const words = useWords()
  const { people, members } = useCard()
  const options = objectsOf(element.options)
  if (!String(element.tag).endsWith('_person')) {
    return options.map((option) => ({
      value: textOf(option.value) ?? '',
      text: words(option.text),
      icon: isObject(option.icon) ? <CardIcon icon={option.icon} /> : null,
    }))
  }
  const ids = options.length > 0 ? options.map((option) => textOf(option.value) ?? '') : (members ?? [])
  return ids.map((id) => {
    const name = people[id] ?? id
    return { value: id, text: name, icon: <Avatar name={name} size={20} /> }
  })
}

export interface OptionListProps {
  choices: readonly Choice[]
  chosen: readonly string[]
  many?: boolean
  onChoose: (value: string) => void
}

export function OptionList({ choices, chosen, many = false, onChoose }: OptionListProps) {
  const t = useT()
  const [search, setSearch] = useState('')
  const shown = choices.filter(({ text }) => text.toLowerCase().includes(search.toLowerCase()))
  return (
    <>
      {choices.length < searchedFrom ? null : (
        <input
          className={styles.search}
          value={search}
          placeholder={t('搜索', 'Search')}
          aria-label={t('搜索选项', 'Search the options')}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {shown.length === 0 ? <p className={styles.none}>{t('没有匹配的选项', 'Nothing matches')}</p> : null}
      <div
        role="listbox"
        aria-multiselectable={many}
        aria-label={t('选项', 'Options')}
        className={styles.options}
      >
        {shown.map(({ value, text, icon }) => (
          <button
            key={value}
            type="button"
            role="option"
            aria-selected={chosen.includes(value)}
            className={styles.option}
            onClick={() => onChoose(value)}
          >
            {icon}
            <span>{text}</span>
            {chosen.includes(value) ? <Check size={14} className={styles.tick} aria-hidden /> : null}
          </button>
        ))}
      </div>
    </>
  )
}
