import { createHash } from 'node:crypto'
import { ApiFailure } from './types.ts'

/** Changes whenever a world of this version cannot be read by another. */
export const snapshotFormat = 1
const kind = 'huiliu-sandbox-snapshot'

export type WorldParts = Record<string, Record<string, unknown>>

export interface Snapshot {
  kind: typeof kind
  format: number
  /** Real time, ISO. */
  savedAt: string
  /** Sandbox time when it was taken, ms: a loaded world goes on from there. */
  now: number
  /** sha256 of parts and blobs as JSON */
  checksum: string
  parts: WorldParts
  /** Uploaded files, base64. */
  blobs: Record<string, string>
}

/** The whole world as the text of one JSON document. */
export function writeSnapshot(world: Pick<Snapshot, 'parts' | 'blobs'>, now: number): string {
  const { parts, blobs } = world
  const body = JSON.stringify({ parts, blobs })
  const head = { kind, format: snapshotFormat, savedAt: new Date().toISOString(), now, checksum: sumOf(body) }
  return `${JSON.stringify(head).slice(0, -1)},${body.slice(1)}`
}

/** @throws ApiFailure 400 saying what is wrong with it and what to do */
export function readSnapshot(value: unknown): Snapshot {
  if (!isObject(value) || value.kind !== kind)
    throw new ApiFailure(
      400,
      '这不是沙箱快照 this is no snapshot of a sandbox (take one with GET /_control/snapshot)',
    )
  if (value.format !== snapshotFormat)
    throw new ApiFailure(
      400,
      `快照的格式是 ${String(value.format)}，这个沙箱只能读 ${snapshotFormat} this snapshot has format ${String(value.format)}; this sandbox reads ${snapshotFormat}`,
    )
  const { parts, blobs, now, checksum } = value
  const isWhole =
    isObject(parts) &&
    isObject(parts.world) &&
    Object.values(parts).every(isObject) &&
    isObject(blobs) &&
    Number.isFinite(now)
  if (!isWhole || checksum !== sumOf(JSON.stringify({ parts, blobs })))
    throw new ApiFailure(400, '快照已损坏或被改过 this snapshot is damaged or was edited; take it again')
  return value as unknown as Snapshot
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
