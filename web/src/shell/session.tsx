import { createContext, type ReactNode, useContext, useState } from 'react'
import type { WebPerson, WebSession } from '#sandbox/web/shapes.ts'
import { currentPerson, rememberPerson } from '../api/client.ts'
import { everythingChanged, useWeb } from '../api/query.ts'

export interface Session extends WebSession {
  /** Who is being played. */
  me: WebPerson
  play(openId: string): void
}

const Context = createContext<Session | undefined>(undefined)

/** Knows the world and who is being played; a new world or a first visit starts with the first person. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { data, error } = useWeb<WebSession>('session', ['contact', 'world'])
  const [chosen, setChosen] = useState(currentPerson())
  if (data === undefined) return <p className="starting">{error?.message ?? '正在打开沙箱…'}</p>
  const me = data.people.find((person) => person.open_id === chosen) ?? data.people[0]
  if (me === undefined) return <p className="starting">这个世界里还没有人 nobody lives in this world yet</p>
  if (currentPerson() !== me.open_id) rememberPerson(me.open_id)
  const play = (openId: string) => {
    rememberPerson(openId)
    setChosen(openId)
    everythingChanged()
  }
  return <Context value={{ ...data, me, play }}>{children}</Context>
}

export function useSession(): Session {
  const session = useContext(Context)
  if (session === undefined) throw new Error('useSession outside of SessionProvider')
  return session
}
