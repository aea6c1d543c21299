import { Home } from './home.tsx'
import { useTourMemory } from './memory.ts'
import { Tour } from './tour.tsx'

/** The three-minute story for a first visitor; for everybody else what goes on in this world. */
export default function Page() {
  return useTourMemory() === 'seen' ? <Home /> : <Tour />
}
