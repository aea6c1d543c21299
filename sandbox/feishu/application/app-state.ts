import type { Kernel } from '../../kernel/types.ts'

export type TokenKind = 'tenant' | 'user'

/** What the developer console keeps about the world's one app. */
export interface AppSettings {
  description: string
  /** Where a login may send people back to. */
  redirectUrls: string[]
  allowRefreshToken: boolean
  isEnabled: boolean
  /** All known scopes are granted except these. */
  missingScopes: Record<TokenKind, string[]>
  /** Scopes an administrator was asked for and has not granted yet. */
  appliedScopes: string[]
  visibility: { toAll: boolean; users: string[]; departments: string[] }
  /** Whom the app may look up: everybody, those it is visible to, or some. */
  contacts: {
    type: 'all' | 'equal_to_availability' | 'some'
    users: string[]
    departments: string[]
  }
  /** Settings that only work once a version with them is published. */
  draft: { botName?: string; description?: string; homepage?: string; abilities: Record<string, unknown> }
  homepage: string
  abilities: Record<string, unknown>
  versions: AppVersion[]
}

export interface AppVersion {
  id: string
  version: string
  remark: string
  changelog: string
  /** ms */
  createdAt: number
  /** ms */
  publishedAt: number
  /** 1 passed, 2 refused, 3 in review, 4 not submitted */
  status: 1 | 2 | 3 | 4
}

const part = 'application'

export function appSettings(kernel: Kernel): AppSettings {
  return kernel.state<AppSettings>(part, () => ({
    description: '订单、退款与提醒',
    redirectUrls: [],
    allowRefreshToken: true,
    isEnabled: true,
    missingScopes: { tenant: [], user: [] },
    appliedScopes: [],
    visibility: { toAll: true, users: [], departments: [] },
    contacts: { type: 'all', users: [], departments: [] },
    draft: { abilities: {} },
    homepage: '',
    abilities: { bot: { enable: true } },
    versions: [],
  }))
}

export function appChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** May this person use the app? Feishu docs: 可用范围. */
export function mayUseApp(kernel: Kernel, person: { open_id: string; department_id: string }): boolean {
  const { toAll, users, departments } = appSettings(kernel).visibility
  return toAll || users.includes(person.open_id) || departments.includes(person.department_id)
}
