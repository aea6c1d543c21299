import { type KeyboardEvent, useState } from 'react'
import { type Mentionable, mentionBeingTyped } from './draft.ts'

export interface MentionChoice {
  offered: readonly Mentionable[]
  current: number
  choose: (one: Mentionable) => void
  /** true: the key was for the picker. */
  onKey: (event: KeyboardEvent) => boolean
}

interface Wanted {
  words: string
  cursor: number
  everybody: readonly Mentionable[]
  choose: (one: Mentionable, from: number) => void
}

/** Whom the name after an @ may mean, and the keys that choose one. */
export function useMentionPicker({ words, cursor, everybody, choose }: Wanted): MentionChoice {
  const [current, setCurrent] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const typed = mentionBeingTyped(words, cursor)
  const isOpen = typed !== undefined && typed.from !== dismissed
  const offered = isOpen
    ? everybody.filter(({ name }) => name.toLowerCase().includes(typed.query.toLowerCase()))
    : []
  const at = Math.min(current, offered.length - 1)
  const pick = (one: Mentionable) => {
    setCurrent(0)
    choose(one, typed?.from ?? cursor)
  }
  return {
    offered,
    current: at,
    choose: pick,
    onKey(event) {
      if (offered.length === 0) return false
      const one = offered[at]
      if (event.key === 'ArrowDown') setCurrent((at + 1) % offered.length)
      else if (event.key === 'ArrowUp') setCurrent((at + offered.length - 1) % offered.length)
      else if (event.key === 'Escape') setDismissed(typed?.from ?? null)
      else if ((event.key === 'Enter' || event.key === 'Tab') && one) pick(one)
      else return false
      event.preventDefault()
      return true
    },
  }
}
