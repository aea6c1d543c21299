import type { Translate } from './language.tsx'

const words: Record<string, readonly [zh: string, en: string]> = {
  operator: ['客服', 'Service'],
  host: ['主播', 'Host'],
  supervisor: ['主管', 'Supervisor'],
  finance: ['财务', 'Finance'],
  admin: ['管理员', 'Admin'],
}

/** A person's roles in words. */
export function rolesInWords(roles: readonly string[], t: Translate): string {
  return roles
    .map((role) => {
      const known = words[role]
      return known ? t(...known) : role
    })
    .join('、')
}
