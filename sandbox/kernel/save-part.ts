import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { setImmediate as breathe } from 'node:timers/promises'

/** ms: answers wait no longer than this for a save. */
const sliceMs = 8
const pieceBytes = 1024 * 1024
/** A container with more children is written child by child. */
const fewChildren = 50
const deepest = 5

/** Writes at once, under another name first, so that a killed process leaves the previous file whole. Returns bytes. */
export function writePart(file: string, folder: string, data: unknown): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.tmp`
  const text = JSON.stringify(data)
  try {
    writeFileSync(draft, text, { mode: 0o600 })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  return text.length
}

/**
 * Writes a big part in slices, answering requests in between. `isStale` is asked after every slice: data that changed
 * meanwhile would be half old and half new, so the draft is thrown away. Returns bytes, or undefined when it was stale.
 */
export async function writePartInSlices(
  file: string,
  data: unknown,
  isStale: () => boolean,
): Promise<number | undefined> {
  const draft = `${file}.${process.pid}.slices.tmp`
  const handle = await open(draft, 'w', 0o600)
  let bytes = 0
  try {
    let gathered = ''
    let startedAt = performance.now()
    for (const piece of piecesOf(data, 0)) {
      gathered += piece
      if (gathered.length > pieceBytes) {
        bytes += (await handle.write(gathered)).bytesWritten
        gathered = ''
      } else if (performance.now() - startedAt > sliceMs) await breathe()
      else continue
      if (isStale()) return undefined
      startedAt = performance.now()
    }
    bytes += (await handle.write(gathered)).bytesWritten
    if (isStale()) return undefined
    renameSync(draft, file)
    return bytes
  } finally {
    await handle.close()
    rmSync(draft, { force: true })
  }
}

/** The JSON of plain data, in pieces: what `JSON.stringify` gives in one. */
export function* piecesOf(value: unknown, depth: number): Generator<string> {
  if (typeof value !== 'object' || value === null || depth > deepest) {
    yield JSON.stringify(value) ?? 'null'
    return
  }
  if (Array.isArray(value)) yield* piecesOfList(value, depth)
  else yield* piecesOfObject(value as Record<string, unknown>, depth)
}

function* piecesOfList(list: readonly unknown[], depth: number): Generator<string> {
  if (depth > 0 && list.length <= fewChildren) {
    yield JSON.stringify(list)
    return
  }
  let joint = '['
  for (const item of list) {
    yield joint
    joint = ','
    yield* piecesOf(item, depth + 1)
  }
  yield joint === '[' ? '[]' : ']'
}

function* piecesOfObject(value: Record<string, unknown>, depth: number): Generator<string> {
  const keys = Object.keys(value)
  if (depth > 1 && keys.length <= fewChildren) {
    yield JSON.stringify(value)
    return
  }
  let joint = '{'
  for (const key of keys) {
    const item = value[key]
    if (item === undefined) continue
    yield `${joint}${JSON.stringify(key)}:`
    joint = ','
    yield* piecesOf(item, depth + 1)
  }
  yield joint === '{' ? '{}' : '}'
}
