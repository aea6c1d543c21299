import { useEffect, useRef, useState } from 'react'

const tickMs = 50

/** Sandbox time, ms, running on from what the server last said while `running`. */
export function useSandboxNow(serverNow: number, running: boolean): number {
  const offset = useRef(serverNow - Date.now())
  const last = useRef(serverNow)
  if (last.current !== serverNow) {
    last.current = serverNow
    offset.current = serverNow - Date.now()
  }
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(Date.now() + offset.current), tickMs)
    return () => clearInterval(timer)
  }, [running])
  return Math.max(now, serverNow)
}
