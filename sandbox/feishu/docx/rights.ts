import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import { driveState, type Member } from '../drive/files.ts'
import { findChat } from '../im/chats.ts'
import { spaceOfDocument } from '../wiki/nodes.ts'
import { spaceRight } from '../wiki/rights.ts'
import { type Document, docxFailure, findDocument } from './document-state.ts'

export type Reader = { kind: 'app' } | { kind: 'person'; openId: string }
type Right = 'read' | 'edit'

export function readerOf(call: Pick<ApiCall, 'user'>): Reader {
  return call.user === undefined ? { kind: 'app' } : { kind: 'person', openId: call.user }
}

/** Its owner, whoever it was shared with, and members of the wiki it stands in. */
export function mayUseDocument(
  kernel: Kernel,
  document: Document,
  use: { reader: Reader; right: Right },
): boolean {
  const { reader, right } = use
  if (document.owner === (reader.kind === 'app' ? 'app' : reader.openId)) return true
  const shared = (driveState(kernel).members[document.document_id] ?? []).some(
    (member) => (right === 'read' || member.perm !== 'view') && means(kernel, member, reader),
  )
  if (shared) return true
  const space = spaceOfDocument(kernel, document.document_id)
  return space !== undefined && spaceRight(kernel, space, reader) !== undefined
}

/** Does a share name this reader? */
function means(kernel: Kernel, member: Member, reader: Reader): boolean {
  const { botOpenId } = kernel.identity()
  if (reader.kind === 'app') return member.member_id === botOpenId
  const person = findPerson(kernel, reader.openId, 'open_id')
  if (!person) return false
  if (member.member_type === 'openchat')
    return findChat(kernel, member.member_id)?.members.includes(person.open_id) ?? false
  return [person.open_id, person.user_id, person.union_id, person.email, person.department_id].includes(
    member.member_id,
  )
}

/** @throws ApiFailure 1770002 unknown, 1770032 not theirs */
export function requireDocument(kernel: Kernel, call: ApiCall, right: Right): Document {
  const document = findDocument(kernel, call.params.document_id ?? '')
  if (!document) throw docxFailure(1770002)
  if (!mayUseDocument(kernel, document, { reader: readerOf(call), right })) throw docxFailure(1770032)
  return document
}
