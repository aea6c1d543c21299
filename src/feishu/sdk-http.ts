import type { HttpInstance, HttpRequestOptions } from '@larksuiteoapi/node-sdk'
import type { Http } from '#src/contracts/connector.ts'
import { AppError, messageOf } from '#src/errors.ts'
import { WireFailure } from './wire-failure.ts'

const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal'

type Options = HttpRequestOptions<unknown>

/**
 * What the SDK uses in place of axios: our own HTTP client (timeouts, pool), and one failure path. An answer with
 * code ≠ 0 throws WireFailure whether its HTTP status was 200 or not (with axios, the SDK resolves the first and throws
 * the second). A call without a token is a bug and never leaves.
 */
export function createSdkHttp(http: Http, timeoutMs: number): HttpInstance {
  const request = async <R>(options: Options): Promise<R> => {
    const response = await send(http, options, timeoutMs)
    const body = readAnswer(response)
    if (options.$return_headers === true) return { data: body, headers: response.headers } as R
    return body as R
  }
  const withBody =
    (method: string) =>
    <R>(url: string, data?: unknown, options?: Options) =>
      request<R>({ ...options, url, method, data })
  const withoutBody =
    (method: string) =>
    <R>(url: string, options?: Options) =>
      request<R>({ ...options, url, method })
  return {
    request: request as HttpInstance['request'],
    get: withoutBody('GET') as HttpInstance['get'],
    delete: withoutBody('DELETE') as HttpInstance['delete'],
    head: withoutBody('HEAD') as HttpInstance['head'],
    options: withoutBody('OPTIONS') as HttpInstance['options'],
    post: withBody('POST') as HttpInstance['post'],
    put: withBody('PUT') as HttpInstance['put'],
    patch: withBody('PATCH') as HttpInstance['patch'],
  }
}

interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

async function send(http: Http, options: Options, timeoutMs: number): Promise<RawAnswer> {
  const url = withQuery(options.url ?? '', options.params)
  const headers = lowerCased(options.headers)
  if (headers.authorization === undefined && !url.pathname.endsWith(tokenPath))
    throw new Error(`${url.pathname} was called without a token`)
  const method = (options.method ?? 'GET').toUpperCase()
  const body = bodyOf(method, options.data)
  try {
    return await http.request({
      method: method as 'GET',
      url: url.href,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      },
      ...(body === undefined ? {} : { body }),
      timeoutMs: options.timeout ?? timeoutMs,
    })
  } catch (error) {
    const outcome = error instanceof AppError ? error.outcome : 'unknown'
    throw new WireFailure(
      {
        httpStatus: 0,
        code: undefined,
        text: messageOf(error),
        logId: undefined,
        resetMs: undefined,
        outcome,
      },
      error,
    )
  }
}

/** The SDK gives generated GETs an empty object as body, which proxies refuse. */
function bodyOf(method: string, data: unknown): string | undefined {
  if (data === undefined || data === null) return undefined
  if (method === 'GET' && Object.keys(data).length === 0) return undefined
  return JSON.stringify(data)
}

function withQuery(address: string, params: Record<string, unknown> | undefined): URL {
  const url = new URL(address)
  for (const [name, value] of Object.entries(params ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) url.searchParams.append(name, String(one))
  return url
}

function lowerCased(headers: Record<string, unknown> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
}

function readAnswer(response: RawAnswer): unknown {
  const body = parse(response.body)
  const code = body?.code
  if (body !== undefined && code === 0 && response.status < 300) return body
  const readable = typeof code === 'number' && code !== 0 ? code : undefined
  throw new WireFailure({
    httpStatus: response.status,
    code: readable,
    text: body === undefined ? '回答不是 JSON' : textOf(body),
    logId: response.headers['x-tt-logid'],
    resetMs: resetOf(response.headers['x-ogw-ratelimit-reset']),
    // A readable refusal of the gateway (4xx without a code) did nothing; anything else may have.
    outcome: response.status >= 400 && response.status < 500 ? 'refused' : 'unknown',
  })
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** The message, and the fields it complains about. */
function textOf(body: Record<string, unknown>): string {
  const error = body.error as { field_violations?: unknown } | undefined
  const fields = error?.field_violations
  return `${String(body.msg ?? '')}${fields === undefined ? '' : ` ${JSON.stringify(fields)}`}`
}

/** Seconds in the header, ms here. */
function resetOf(header: string | undefined): number | undefined {
  const seconds = Number(header)
  return header === undefined || header === '' || !Number.isFinite(seconds) || seconds < 0
    ? undefined
    : Math.ceil(seconds * 1_000)
}
