import { challengeUrl } from '../feishu/events/challenge.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type SandboxSettings } from '../kernel/types.ts'

const urls = ['eventUrl', 'callbackUrl'] as const
const numbers = ['latencyMs', 'rowCap', 'ordersPerMinute', 'wsPingSeconds', 'wsReconnectSeconds'] as const

/**
 * `GET settings`, `POST settings` with the values to change. A request URL is challenged before it is saved, as the
 * developer console does; `{verify: false}` skips that.
 */
export function registerSettingsControl(kernel: OwnKernel): void {
  kernel.control('GET', 'settings', () => kernel.settings)
  kernel.control('POST', 'settings', async (call) => {
    const { verify, ...wanted } = call.body
    const changes = readSettings(wanted)
    for (const name of urls) {
      const url = changes[name]
      if (!url || verify === false) continue
      const complaint = await challengeUrl(kernel, url)
      if (complaint) throw new ApiFailure(400, `${name} was not saved: ${complaint}`)
    }
    Object.assign(kernel.settings, changes)
    kernel.changed('world')
    return kernel.settings
  })
}

function readSettings(wanted: Record<string, unknown>): Partial<SandboxSettings> {
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(wanted)) {
    if (includes(urls, name)) {
      if (value !== null && typeof value !== 'string')
        throw new ApiFailure(400, `${name} must be a URL or null`)
    } else if (includes(numbers, name)) {
      if (typeof value !== 'number' || !(value >= 0))
        throw new ApiFailure(400, `${name} must be a number ≥ 0`)
    } else if (name === 'pushUrls') {
      if (!isTextMap(value)) throw new ApiFailure(400, 'pushUrls must map connector ids to URLs')
    } else
      throw new ApiFailure(
        400,
        `unknown setting "${name}"; known: ${[...urls, ...numbers, 'pushUrls'].join(', ')}`,
      )
    changes[name] = value
  }
  return changes as Partial<SandboxSettings>
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name)
}

function isTextMap(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((item) => typeof item === 'string')
  )
}
