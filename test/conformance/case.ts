/** One thing the sandbox promises about one endpoint, shown against a running sandbox over real HTTP. */
import type { Client } from '@larksuiteoapi/node-sdk'
import type { Sandbox } from '../../sandbox/server.ts'

export interface RawAnswer {
  status: number
  /** Parsed JSON, or `{}` */
  json: {
    code?: number
    msg?: string
    data?: Record<string, unknown>
    error?: Record<string, unknown>
  } & Record<string, unknown>
  headers: Headers
}

export interface RawCall {
  query?: Record<string, string | number | boolean>
  /** An object is sent as JSON, FormData as multipart. */
  body?: unknown
  /** Default: a live tenant token; null: no Authorization header. */
  token?: string | null
}

/** A frozen sandbox (time moves by `advance` only) for one group of cases. */
export interface ConformanceWorld {
  sandbox: Sandbox
  url: string
  /** The official SDK, pointed here. */
  sdk: Client
  /** A call as it is on the wire, path with its ids filled in. */
  call(method: string, path: string, options?: RawCall): Promise<RawAnswer>
  /** POST (with a body) or GET on the control API. @throws when it is refused */
  control(path: string, body?: unknown): Promise<unknown>
  /** Moves sandbox time, ms. */
  advance(ms: number): Promise<void>
}

export interface ConformanceCase {
  /** Method and template exactly as registered: `POST /open-apis/im/v1/messages`. */
  endpoint: string
  kind: 'happy' | 'error' | 'limit' | 'event'
  /** A sentence; for errors it names the code. */
  title: string
  run(world: ConformanceWorld): Promise<void>
}

/** The cases of one area; they share a world and run in order. */
export interface ConformanceArea {
  /** File name of the cases: `im`, `bitable`, … */
  area: string
  cases: readonly ConformanceCase[]
}
