import { checkIcon, checkText, isObject, type Known, type Path } from './pieces.ts'
import { malformed } from './problem.ts'

/** Where a value stands, for the refusal. */
export interface At {
  tag: string
  name: string
  path: Path
  known: Known
}

/** What a property may hold: throws the platform's refusal. */
export type Kind = (value: unknown, at: At) => void

const refuse = (at: At, what: string) => malformed(at.path, `${at.name} ${what}`)

export const boolean: Kind = (value, at) => {
  if (typeof value !== 'boolean') throw refuse(at, 'must be a boolean')
}

export const string: Kind = (value, at) => {
  if (typeof value !== 'string') throw refuse(at, 'must be a string')
}

/** Checked by the component's own rule. */
export const anything: Kind = () => undefined

export const object: Kind = (value, at) => {
  if (!isObject(value)) throw refuse(at, 'must be an object')
}

export function integer(from: number, to: number): Kind {
  return (value, at) => {
    if (!Number.isInteger(value) || Number(value) < from || Number(value) > to)
      throw refuse(at, `must be an integer from ${from} to ${to}`)
  }
}

export function number(from: number, to: number): Kind {
  return (value, at) => {
    if (typeof value !== 'number' || value < from || value > to)
      throw refuse(at, `must be a number from ${from} to ${to}`)
  }
}

export function oneOf(...values: readonly (string | number)[]): Kind {
  return (value, at) => {
    if (!values.some((one) => one === value))
      throw malformed(at.path, `${at.tag}.${at.name} must be one of ${values.join(', ')}`)
  }
}

/** One to four lengths; a length of 0 needs no unit. */
export function edges(from: number, to: number): Kind {
  return (value, at) => {
    const parts = typeof value === 'string' ? value.trim().split(/\s+/) : []
    const isFine = (part: string) => {
      const px = /^(-?\d+(?:\.\d+)?)px$|^(0)$/.exec(part)
      return px !== null && Number(px[1] ?? px[2]) >= from && Number(px[1] ?? px[2]) <= to
    }
    if (parts.length < 1 || parts.length > 4 || !parts.every(isFine))
      throw refuse(at, `must be one to four values in [${from},${to}]px`)
  }
}

/** One of some words, or a length in px. */
export function length(from: number, to: number, ...words: readonly string[]): Kind {
  return (value, at) => {
    const px = typeof value === 'string' ? /^(\d+(?:\.\d+)?)px$/.exec(value)?.[1] : undefined
    const isLength = px !== undefined && Number(px) >= from && Number(px) <= to
    if (!isLength && !words.some((word) => word === value))
      throw refuse(at, `must be ${[...words, `[${from},${to}]px`].join(', ')}`)
  }
}

export const spacing = length(0, 99, 'small', 'medium', 'large', 'extra_large')

export const radius: Kind = (value, at) => {
  if (typeof value !== 'string' || !/^\d+(?:\.\d+)?(?:px|%)?$/.test(value))
    throw refuse(at, 'must be in px or %')
}

/** A plain text of at most some characters. */
export function plainText(most = 1_000_000): Kind {
  return (value, at) => {
    checkText(value, ['plain_text'], { path: at.path, name: at.name, known: at.known })
    const content = String((value as { content: string }).content)
    if ([...content].length > most) throw refuse(at, `must have at most ${most} characters`)
  }
}

export const richText: Kind = (value, at) => {
  checkText(value, ['plain_text', 'lark_md'], { path: at.path, name: at.name, known: at.known })
}

export const icon: Kind = (value, at) => checkIcon(value, at.path, at.known)

/** A list, each item of one kind. */
export function listOf(kind: Kind, most = Number.POSITIVE_INFINITY): Kind {
  return (value, at) => {
    if (!Array.isArray(value)) throw refuse(at, 'must be an array')
    if (value.length > most) throw refuse(at, `must have at most ${most} items`)
    for (const item of value) kind(item, at)
  }
}

export type Shape = Readonly<Record<string, Kind>>

/** An object with these properties and no other. */
export function shaped(shape: Shape, required: readonly string[] = []): Kind {
  return (value, at) => {
    if (!isObject(value)) throw refuse(at, 'must be an object')
    checkShape(value, shape, { ...at, tag: at.name, path: [...at.path, at.name] })
    const missing = required.find((name) => value[name] === undefined)
    if (missing !== undefined) throw malformed([...at.path, at.name], `${at.name}.${missing} is required`)
  }
}

/** Checks each property of an object; one that the shape lacks is unknown to schema 2.0. */
export function checkShape(value: Record<string, unknown>, shape: Shape, at: Omit<At, 'name'>): void {
  for (const [name, item] of Object.entries(value)) {
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined
    if (!kind) throw malformed(at.path, `unknown property: ${name}`)
    kind(item, { ...at, name })
  }
}

/** An object whose keys the card chooses. */
export function mapOf(kind: Kind): Kind {
  return (value, at) => {
    if (!isObject(value)) throw refuse(at, 'must be an object')
    for (const [name, item] of Object.entries(value)) kind(item, { ...at, name, path: [...at.path, at.name] })
  }
}

/** Texts by language, e.g. `zh_cn`. */
export const translations = mapOf(string)
