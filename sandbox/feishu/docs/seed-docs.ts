import type { Kernel } from '../../kernel/types.ts'
import { listDepartments } from '../contact/departments.ts'
import { listUsers } from '../contact/people.ts'
import { addDocument } from '../docx/document-state.ts'
import { writeMarkdown } from '../docx/write-markdown.ts'
import { addNode } from '../wiki/nodes.ts'
import { addSpace, wikiState } from '../wiki/wiki-state.ts'
import { financePages, type HandbookPage, handbook } from './handbook.ts'

/** The demo company's wikis: one for everybody (the app is a member), one the app and most people cannot see. */
export function seedDocs(kernel: Kernel): void {
  const people = listUsers(kernel)
  const admin = people.find((person) => person.roles.includes('admin'))?.open_id
  if (admin === undefined || wikiState(kernel).spaces.length > 0) return
  const company = addSpace(kernel, {
    name: '汇流旅行知识库',
    description: '手册、退款规则、商品知识',
    members: [
      { member_type: 'openid', member_id: admin, member_role: 'admin' },
      { member_type: 'openid', member_id: kernel.identity().botOpenId, member_role: 'admin' },
      { member_type: 'opendepartmentid', member_id: '0', member_role: 'member' },
    ],
  })
  addPages(kernel, { space: company.space_id, parent: '', author: admin }, handbook)
  const finance = listDepartments(kernel).find((one) => one.department_id === 'finance')
  const accountant = people.find((person) => person.roles.includes('finance'))?.open_id
  if (!finance || accountant === undefined) return
  const closed = addSpace(kernel, {
    name: '财务内部',
    description: '仅财务部可见',
    members: [
      { member_type: 'openid', member_id: accountant, member_role: 'admin' },
      { member_type: 'opendepartmentid', member_id: finance.open_department_id, member_role: 'member' },
    ],
  })
  addPages(kernel, { space: closed.space_id, parent: '', author: accountant }, financePages)
}

function addPages(
  kernel: Kernel,
  at: { space: string; parent: string; author: string },
  pages: readonly HandbookPage[],
): void {
  for (const { title, text, children = [] } of pages) {
    const document = addDocument(kernel, { title, owner: at.author })
    writeMarkdown(kernel, document, text)
    const node = addNode(kernel, {
      space_id: at.space,
      obj_token: document.document_id,
      obj_type: 'docx',
      parent: at.parent,
      node_type: 'origin',
      title,
      creator: at.author,
    })
    addPages(kernel, { ...at, parent: node.node_token }, children)
  }
}
