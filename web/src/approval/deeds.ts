type Text = readonly [zh: string, en: string]

export type Deed =
  | 'approve'
  | 'reject'
  | 'transfer'
  | 'add-sign'
  | 'rollback'
  | 'copy'
  | 'withdraw'
  | 'revert'

export interface DeedWords {
  name: Text
  /** asked above the comment */
  hint: Text
  /** told once it is done */
  done: Text
}

export const deedWords: Readonly<Record<Deed, DeedWords>> = {
  approve: {
    name: ['同意', 'Approve'],
    hint: ['审批意见（选填）', 'Comment (optional)'],
    done: ['已同意', 'Approved'],
  },
  reject: { name: ['拒绝', 'Reject'], hint: ['拒绝原因', 'Reason'], done: ['已拒绝', 'Rejected'] },
  transfer: {
    name: ['转交', 'Transfer'],
    hint: ['留言（选填）', 'Message (optional)'],
    done: ['已转交', 'Transferred'],
  },
  'add-sign': {
    name: ['加签', 'Add approvers'],
    hint: ['留言（选填）', 'Message (optional)'],
    done: ['已加签', 'Added'],
  },
  rollback: { name: ['退回', 'Return'], hint: ['退回原因', 'Reason'], done: ['已退回', 'Returned'] },
  copy: {
    name: ['抄送', 'Copy to'],
    hint: ['留言（选填）', 'Message (optional)'],
    done: ['已抄送', 'Copied'],
  },
  withdraw: {
    name: ['撤回', 'Withdraw'],
    hint: ['撤回后审批结束，审批人不再需要处理。', 'The request ends; nobody needs to decide any more.'],
    done: ['已撤回', 'Withdrawn'],
  },
  revert: {
    name: ['撤销', 'Revoke'],
    hint: ['这份审批已经通过，撤销后不再有效。', 'It has been approved; revoked, it no longer holds.'],
    done: ['已撤销', 'Revoked'],
  },
}
