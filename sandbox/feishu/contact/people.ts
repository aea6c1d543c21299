import { ApiFailure, type Kernel } from '../../kernel/types.ts'

export interface Person {
  open_id: string
  user_id: string
  union_id: string
  name: string
  roles: string[]
  mobile: string
  email: string
  department_id: string
  resigned: boolean
}

export type IdType = 'open_id' | 'user_id' | 'union_id'

export interface NewPerson {
  name: string
  /** What the person does in the demo (operator, supervisor …); shown in /_control/state, unknown to Feishu's API. */
  roles?: readonly string[]
  mobile?: string
  email?: string
  department_id?: string
}

interface ContactState {
  people: Person[]
}

function data(kernel: Kernel): ContactState {
  return kernel.state<ContactState>('contact', () => ({ people: [] }))
}

/** Adds an employee of the sandbox's tenant. */
export function addUser(kernel: Kernel, person: NewPerson): Person {
  const added: Person = {
    open_id: kernel.id('ou_'),
    user_id: kernel.id('').slice(0, 8),
    union_id: kernel.id('on_'),
    name: person.name,
    roles: [...(person.roles ?? [])],
    mobile: person.mobile ?? '',
    email: person.email ?? '',
    department_id: person.department_id ?? '0',
    resigned: false,
  }
  data(kernel).people.push(added)
  kernel.changed('contact')
  return added
}

export function listUsers(kernel: Kernel): readonly Person[] {
  return data(kernel).people
}

export function userByOpenId(kernel: Kernel, openId: string): Person | undefined {
  return findPerson(kernel, openId, 'open_id')
}

export function findPerson(kernel: Kernel, id: string, type: IdType): Person | undefined {
  return data(kernel).people.find((person) => person[type] === id)
}

/** `user_id_type` of a call, open_id when absent. */
export function idTypeOf(value: unknown): IdType {
  return value === 'user_id' || value === 'union_id' ? value : 'open_id'
}

const notFound = { open_id: 99992351, user_id: 99992360, union_id: 99992364 } as const

/** The person, or the platform's "id not exist" refusal. */
export function requirePerson(kernel: Kernel, id: string, type: IdType): Person {
  const person = findPerson(kernel, id, type)
  if (!person) throw new ApiFailure(notFound[type], `The ${type} is not existed. invalid ids: [${id}]`)
  return person
}
