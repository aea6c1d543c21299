/** What this browser remembers of the tour: unset for a first visitor, `open` while it runs, `seen` afterwards. */
import { useSyncExternalStore } from 'react'

const key = 'huiliu-sandbox-tour'
const listeners = new Set<() => void>()

export type TourMemory = 'first' | 'open' | 'seen'

export function tourMemory(): TourMemory {
  const value = localStorage.getItem(key)
  return value === 'seen' || value === 'open' ? value : 'first'
}

export function rememberTour(value: 'open' | 'seen'): void {
  localStorage.setItem(key, value)
  for (const listener of listeners) listener()
}

/** The memory, live: the page, the dock and other windows agree. */
export function useTourMemory(): TourMemory {
  return useSyncExternalStore(listen, tourMemory)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}
