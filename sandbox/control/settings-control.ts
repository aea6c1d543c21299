import { challengeUrl } from '../feishu/events/challenge.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type ControlCall, type SandboxSettings } from '../kernel/types.ts'

const urls = ['eventUrl', 'callbackUrl'] as const
const numbers = ['latencyMs', 'rowCap', 'ordersPerMinute', 'wsPingSeconds', 'wsReconnectSeconds'] as const

/**
 * `GET settings`, `POST settings` with the values to change. A request URL is challenged before it is saved, as the
 * developer console does; `{verify: false}` skips that.
 */
export function registerSettingsControl(kernel: OwnKernel): void {
  kernel.control('GET', 'settings', {
    about: { zh: '设置', en: 'Settings' },
    handle: () => kernel.settings,
  })
  kernel.control('POST', 'settings', {
    about: {
      zh: '修改设置；请求地址先发校验请求，null 回到长连接',
      en: 'Changes settings; a request URL is challenged first, null goes back to the long connection',
      fields: {
        latencyMs: 'ms added to every Feishu answer',
        rowCap: 'rows a table may hold',
        ordersPerMinute: 'number',
        eventUrl: 'URL | null',
        callbackUrl: 'URL | null',
        pushUrls: '{ "douyin-shop": URL }',
        wsPingSeconds: 'number',
        wsReconnectSeconds: 'number',
        subscriptions: '[event type] | null: all',
        verify: 'false: without the challenge',
      },
      example: { latencyMs: 50 },
    },
    handle: (call) => changeSettings(kernel, call),
  })
}

async function changeSettings(kernel: OwnKernel, call: ControlCall): Promise<SandboxSettings> {
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
    } else if (name === 'subscriptions') {
      if (value !== null && !isTexts(value))
        throw new ApiFailure(400, 'subscriptions must be an array of event types, or null for all')
    } else if (name === 'pushUrls') {
      if (!isTextMap(value)) throw new ApiFailure(400, 'pushUrls must map connector ids to URLs')
    } else
      throw new ApiFailure(
        400,
        `unknown setting "${name}"; known: ${[...urls, ...numbers, 'pushUrls', 'subscriptions'].join(', ')}`,
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

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
