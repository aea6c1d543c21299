import { ApiFailure, type Kernel } from '../../kernel/types.ts'

export interface SpaceMember {
  /** openid, userid, unionid, email, openchat, opendepartmentid */
  member_type: string
  member_id: string
  member_role: 'admin' | 'member'
}

export interface Space {
  space_id: string
  name: string
  description: string
  space_type: 'team' | 'person'
  visibility: 'private' | 'public'
  open_sharing: 'open' | 'closed'
  settings: Record<string, string>
  members: SpaceMember[]
}

export interface WikiNode {
  node_token: string
  space_id: string
  obj_token: string
  obj_type: string
  /** '' at the top */
  parent: string
  node_type: 'origin' | 'shortcut'
  /** what a shortcut leads to */
  origin?: string
  title: string
  /** 'app' or an open_id */
  creator: string
  createdAt: number
}

interface WikiState {
  spaces: Space[]
  /** In the order they stand in. */
  nodes: WikiNode[]
  /** tasks of moving documents in, by id */
  tasks: Record<string, { node: string }>
}

const part = 'wiki'

export function wikiState(kernel: Kernel): WikiState {
  return kernel.state<WikiState>(part, () => ({ spaces: [], nodes: [], tasks: {} }))
}

export function wikiChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** Feishu docs: 知识库, 错误码; all answered with HTTP 400. */
export const wikiFailure = {
  param: (detail: string) => new ApiFailure(131002, `param err: ${detail}`),
  limit: (detail: string) => new ApiFailure(131003, `out of limit: ${detail}`),
  missing: (detail: string) => new ApiFailure(131005, `not found: ${detail}`),
  denied: () => new ApiFailure(131006, 'permission denied: wiki space permission denied'),
  exists: () => new ApiFailure(131008, 'already exist'),
  locked: () => new ApiFailure(131009, 'lock contention, please retry later.'),
  oldDoc: () => new ApiFailure(131010, 'doc type is deprecated, please use docx.'),
}

export function addSpace(
  kernel: Kernel,
  wanted: { name: string; description: string; members: SpaceMember[] },
): Space {
  const digits = BigInt(`0x1${kernel.id('_').slice(1, 15)}`)
    .toString()
    .padStart(18, '0')
  const space: Space = {
    space_id: `7${digits.slice(-18)}`,
    name: wanted.name,
    description: wanted.description,
    space_type: 'team',
    visibility: 'private',
    open_sharing: 'closed',
    settings: {},
    members: wanted.members,
  }
  wikiState(kernel).spaces.push(space)
  wikiChanged(kernel)
  return space
}
