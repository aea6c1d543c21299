import { isIP } from 'node:net'
import { AppError } from '#src/errors.ts'
import { isPrivateAddress } from './private-address.ts'

/** Which hosts may be called: `host` (default port of its scheme) or `host:port`, IPv6 in brackets. */
export interface AllowList {
  /** The parsed URL, or throws AppError `http_url_refused` / `http_host_refused` (not-sent). */
  check(url: string): URL
  /** Whether a connection to this resolved address is allowed for a host of the list. */
  allowsAddress(host: string, address: string): boolean
}

/** Names that mean this machine; listing one of them is the permission to call it. */
const isLocalName = (host: string) => host === 'localhost' || host.endsWith('.localhost')

const bare = (host: string) => host.replace(/^\[|\]$/g, '')

export function createAllowList(hosts: readonly string[]): AllowList {
  const listed = new Set(hosts.map((host) => host.toLowerCase()))
  const listedAddresses = new Set(
    [...listed].map((host) => bare(hostOf(host))).filter((host) => isIP(host) !== 0),
  )

  const refuse = (code: string, message: string): never => {
    throw new AppError(code, message, { retry: 'never', outcome: 'not-sent' })
  }

  return {
    check(text) {
      const url = URL.canParse(text) ? new URL(text) : refuse('http_url_refused', '要调用的网址无法识别。')
      if (url.protocol !== 'https:' && url.protocol !== 'http:')
        refuse('http_url_refused', `不允许的网址协议 ${url.protocol}，只能用 http 或 https。`)
      if (url.username !== '' || url.password !== '') refuse('http_url_refused', '网址里不能带用户名或密码。')
      // URL already made the host canonical: 2130706433, 0x7f.1 and 0177.0.0.1 all arrive here as 127.0.0.1.
      if (!listed.has(url.host) && !listed.has(withPort(url)))
        refuse('http_host_refused', `不允许调用 ${url.host}：它不在这个连接器声明的主机名单里。`)
      return url
    },
    allowsAddress(host, address) {
      return !isPrivateAddress(address) || isLocalName(host) || listedAddresses.has(address)
    },
  }
}

const withPort = (url: URL) => `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`

/** `host:port` without its port. */
function hostOf(entry: string): string {
  return isIP(entry) === 6 ? entry : entry.replace(/:\d+$/, '')
}
