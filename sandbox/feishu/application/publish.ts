import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { type AppVersion, appChanged, appSettings } from './app-state.ts'

const longestText = 500

/**
 * Submits a version. The sandbox's administrator passes it at once and what was drafted goes online.
 * Feishu docs: 提交发布自建应用.
 */
export function publishApp(kernel: Kernel, { body }: ApiCall): { version_id: string; version: string } {
  const settings = appSettings(kernel)
  const { remark, changelog, version } = body as Record<string, string | undefined>
  if (!remark || !changelog || !body.mobile_default_ability || !body.pc_default_ability)
    throw new ApiFailure(210304, 'Missing required fields')
  if (remark.length > longestText || changelog.length > longestText)
    throw new ApiFailure(210304, `remark and changelog hold at most ${longestText} characters`)
  const last = settings.versions.at(-1)?.version ?? '0.0.0'
  const wanted = version ?? nextAfter(last)
  if (!/^\d+\.\d+\.\d+$/.test(wanted) || !isHigher(wanted, last))
    throw new ApiFailure(210303, 'Invalid version number. The number should be in the form X.X.X')
  const now = kernel.clock.now()
  const added: AppVersion = {
    id: kernel.id('oav_'),
    version: wanted,
    remark,
    changelog,
    createdAt: now,
    publishedAt: now,
    status: 1,
  }
  settings.versions.push(added)
  goOnline(kernel)
  return { version_id: added.id, version: added.version }
}

function goOnline(kernel: Kernel): void {
  const settings = appSettings(kernel)
  const { botName, description, homepage, abilities } = settings.draft
  if (botName !== undefined) kernel.identity().botName = botName
  settings.description = description ?? settings.description
  settings.homepage = homepage ?? settings.homepage
  Object.assign(settings.abilities, abilities)
  settings.draft = { abilities: {} }
  appChanged(kernel)
  kernel.changed('world')
}

function nextAfter(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return `${major}.${minor}.${patch + 1}`
}

function isHigher(version: string, than: string): boolean {
  const a = version.split('.').map(Number)
  const b = than.split('.').map(Number)
  const at = a.findIndex((part, index) => part !== (b[index] ?? 0))
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0)
}
