import type { WebScope } from './login-shapes.ts'

const words: Record<string, readonly [zh: string, en: string]> = {
  'auth:user.id:read': ['获取你的身份标识', 'Know who you are'],
  'contact:contact:readonly': ['读取通讯录', 'Read the directory'],
  'contact:contact.base:readonly': ['获取通讯录基本信息', 'Read basic directory data'],
  'contact:user.base:readonly': ['获取你的姓名、头像', 'Your name and picture'],
  'contact:user.department:readonly': ['获取你所在的部门', 'Your department'],
  'contact:user.email:readonly': ['获取你的邮箱', 'Your e-mail address'],
  'contact:user.employee_id:readonly': ['获取你的用户 ID', 'Your user id'],
  'contact:user.employee:readonly': ['获取你的受雇信息', 'Your employment data'],
  'contact:user.phone:readonly': ['获取你的手机号', 'Your phone number'],
  offline_access: ['在你离线时继续访问已授权的数据', 'Keep access while you are away'],
  user_profile: ['获取你的个人资料', 'Your profile'],
  'approval:approval': ['查看、创建和处理审批', 'View, create and decide approvals'],
  'approval:instance': ['查看、创建审批实例', 'View and create approval instances'],
  'base:record:create': ['在多维表格中新增记录', 'Add records to bases'],
  'bitable:app': ['查看、评论、编辑和管理多维表格', 'View, comment, edit and manage bases'],
  'cardkit:card:write': ['创建与更新卡片', 'Create and update cards'],
  'docx:document': ['查看、编辑和管理新版文档', 'View, edit and manage documents'],
  'docx:document:readonly': ['查看新版文档', 'View documents'],
  'drive:drive': ['查看、编辑和管理云空间文件', 'View, edit and manage files'],
  'im:chat': ['获取与更新群组信息', 'Read and change groups'],
  'im:message': ['获取与发送单聊、群组消息', 'Read and send messages'],
  'im:message:send_as_bot': ['以应用的身份发消息', 'Send messages as the app'],
  'search:docs:read': ['搜索云文档和知识库', 'Search documents and wikis'],
  'task:task:read': ['查看任务', 'View tasks'],
  'task:task:write': ['查看、创建、更新、删除任务', 'View and change tasks'],
  'task:tasklist:read': ['查看任务清单', 'View task lists'],
  'task:tasklist:write': ['查看、编辑任务清单', 'View and change task lists'],
  'wiki:wiki': ['查看、编辑和管理知识库', 'View, edit and manage wikis'],
  'wiki:wiki:readonly': ['查看知识库', 'View wikis'],
}

/** A scope as people read it; one without words shows its name. */
export function scopeInWords(name: string): WebScope {
  const [zh, en] = words[name] ?? [name, name]
  return { name, zh, en }
}
