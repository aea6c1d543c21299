/** Requests to the sandbox, as the person who is being played. */

/** What the sandbox refused, in its own words. */
export class WebFailure extends Error {
  readonly status: number
  readonly code: number
  constructor(message: string, status: number, code: number) {
    super(message)
    this.status = status
    this.code = code
  }
}

const personKey = 'huiliu-sandbox-person'

/** open_id of the person being played; '' before one is chosen. */
export function currentPerson(): string {
  return localStorage.getItem(personKey) ?? ''
}

export function rememberPerson(openId: string): void {
  localStorage.setItem(personKey, openId)
}

/** `GET /_web/<path>`. @throws WebFailure */
export function get<T>(path: string): Promise<T> {
  return request<T>('GET', `/_web/${path}`)
}

/** Sends JSON to `/_web/<path>`. @throws WebFailure */
export function send<T = unknown>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown = {},
): Promise<T> {
  return request<T>(method, `/_web/${path}`, body)
}

/** The sandbox's control API, `/_control/<path>`. @throws WebFailure */
export function control<T = unknown>(path: string, body?: unknown): Promise<T> {
  return request<T>(body === undefined ? 'GET' : 'POST', `/_control/${path}`, body)
}

/** An address of the sandbox for places where a browser sends no headers: images, downloads. */
export function addressOf(path: string): string {
  const joint = path.includes('?') ? '&' : '?'
  return `/_web/${path}${joint}person=${encodeURIComponent(currentPerson())}`
}

/** Sends a file (multipart). @throws WebFailure */
export async function upload<T>(path: string, form: FormData): Promise<T> {
  return read<T>(await fetch(`/_web/${path}`, { method: 'POST', headers: headers(), body: form }))
}

async function request<T>(method: string, url: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  let response: Response
  try {
    response = await fetch(url, { method, headers: { ...headers(), ...type }, ...sent })
  } catch {
    throw new WebFailure('沙箱没有应答，请确认它还在运行 the sandbox does not answer', 0, 0)
  }
  return read<T>(response)
}

function headers(): Record<string, string> {
  return { 'x-sandbox-person': currentPerson() }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text()
  let answer: unknown
  try {
    answer = text === '' ? {} : JSON.parse(text)
  } catch {
    answer = { msg: text.slice(0, 200) }
  }
  if (response.ok) return answer as T
  const { msg, code } = (answer ?? {}) as { msg?: unknown; code?: unknown }
  throw new WebFailure(String(msg ?? `HTTP ${response.status}`), response.status, Number(code ?? 0))
}
