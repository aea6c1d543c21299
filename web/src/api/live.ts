import { useEffect, useState } from 'react'
import { everythingChanged, partsChanged } from './query.ts'

/** Listens to the sandbox's changes; false while the connection is down (it comes back by itself). */
export function useLive(): boolean {
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    const source = new EventSource('/_web/live')
    let lost = false
    source.onmessage = (event) => {
      setConnected(true)
      const { parts } = JSON.parse(String(event.data)) as { parts: string[] }
      if (parts.length > 0) partsChanged(parts)
      else if (lost) everythingChanged()
      lost = false
    }
    source.onerror = () => {
      lost = true
      setConnected(false)
    }
    return () => source.close()
  }, [])
  return connected
}
