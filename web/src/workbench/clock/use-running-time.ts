import { useEffect, useState } from 'react'
import type { ClockView } from '#sandbox/control/workbench-shapes.ts'

/** Sandbox time that goes on by itself between two answers; it stands still while frozen. */
export function useRunningTime({ now, frozen }: ClockView): number {
  const [shown, setShown] = useState(now)
  useEffect(() => {
    const askedAt = Date.now()
    setShown(now)
    if (frozen) return
    const timer = setInterval(() => setShown(now + Date.now() - askedAt), 500)
    return () => clearInterval(timer)
  }, [now, frozen])
  return shown
}
