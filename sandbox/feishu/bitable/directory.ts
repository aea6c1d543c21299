import type { Kernel } from '../../kernel/types.ts'

export type IdType = 'open_id' | 'user_id' | 'union_id'

export interface Person {
  open_id: string
  user_id: string
  union_id: string
  name: string
  en_name: string
  email: string
  avatar_url: string
}

/** What the base needs to know of the rest of the world. Without an entry the ids are only checked for their form. */
export interface Directory {
  /** undefined: no such person. */
  person?(id: string, idType: IdType): Person | undefined
  /** undefined: no such chat. */
  chat?(chatId: string): { name: string; avatar_url: string } | undefined
  /** undefined: no such upload. */
  media?(fileToken: string): { name: string; size: number; type: string; parent_node: string } | undefined
}

const prefixes: Record<IdType, RegExp> = { open_id: /^ou_/, union_id: /^on_/, user_id: /^[^\s]{1,64}$/ }

/** The open_id of a person given in the caller's id type; undefined when nobody is meant. */
export function toOpenId(directory: Directory, id: string, idType: IdType): string | undefined {
  if (!directory.person) return prefixes[idType].test(id) ? id : undefined
  return directory.person(id, idType)?.open_id
}

/** Who fills in a form without being anybody. UNVERIFIED: what answers show then. */
const anonymous: Person = {
  open_id: '',
  user_id: '',
  union_id: '',
  name: '匿名用户',
  en_name: 'Anonymous',
  email: '',
  avatar_url: '',
}

/** A person, the app itself, or a bare entry for somebody the directory does not know (any more). */
export function personOf(kernel: Kernel, directory: Directory, openId: string): Person {
  if (openId === '') return anonymous
  const { botOpenId, botName } = kernel.identity()
  const known = openId === botOpenId ? undefined : directory.person?.(openId, 'open_id')
  if (known) return known
  const name = openId === botOpenId ? botName : ''
  const tail = openId.replace(/^ou_/, '')
  return {
    open_id: openId,
    user_id: '',
    union_id: `on_${tail}`,
    name,
    en_name: name,
    email: '',
    avatar_url: '',
  }
}

/** The shape people have in record answers, with the id in the caller's id type. */
export function personCell(person: Person, idType: IdType): Record<string, string> {
  return {
    id: person[idType],
    name: person.name,
    en_name: person.en_name,
    email: person.email,
    avatar_url: person.avatar_url,
  }
}
