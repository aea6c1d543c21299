/** A zip archive that is not trusted: what it unpacks to is counted while it unpacks. */
import type { Readable } from 'node:stream'
import * as yauzl from 'yauzl'
import { damaged, tooLarge } from './file-error.ts'

export interface ZipArchive {
  has(name: string): boolean
  /** Bytes of an entry when unpacked, as the archive claims. */
  size(name: string): number
  /** Unpacked bytes; more than the archive claims is refused. @throws FileError */
  read(name: string): AsyncGenerator<Buffer>
  close(): void
}

const mostEntries = 2_000
const mostUnpacked = 2 * 1024 * 1024 * 1024
/** Spreadsheets shrink to a tenth; a thousandth is a bomb. */
const mostRatio = 400
const ratioMattersAbove = 20 * 1024 * 1024

export async function openZip(path: string): Promise<ZipArchive> {
  const zip = await opened(path)
  const entries = new Map<string, yauzl.Entry>()
  try {
    await readEntries(zip, entries)
  } catch (error) {
    zip.close()
    throw error
  }
  const entryOf = (name: string) => {
    const entry = entries.get(name)
    if (entry === undefined) throw damaged(`${name} is missing`)
    return entry
  }
  return {
    has: (name) => entries.has(name),
    size: (name) => entryOf(name).uncompressedSize,
    read: (name) => unpack(zip, entryOf(name)),
    close: () => zip.close(),
  }
}

function opened(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) =>
      error || !zip ? reject(damaged(error?.message ?? 'no zip')) : resolve(zip),
    )
  })
}

function readEntries(zip: yauzl.ZipFile, entries: Map<string, yauzl.Entry>): Promise<void> {
  let unpacked = 0
  return new Promise((resolve, reject) => {
    zip.on('error', (error: Error) => reject(damaged(error.message)))
    zip.on('end', resolve)
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry)
      unpacked += entry.uncompressedSize
      if (entries.size > mostEntries) return reject(tooLarge(`${entries.size} parts`))
      if (unpacked > mostUnpacked || isBomb(entry))
        return reject(tooLarge(`${Math.round(unpacked / 1_048_576)} MB unpacked`))
      zip.readEntry()
    })
    zip.readEntry()
  })
}

function isBomb(entry: yauzl.Entry): boolean {
  return (
    entry.uncompressedSize > ratioMattersAbove && entry.uncompressedSize > entry.compressedSize * mostRatio
  )
}

async function* unpack(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw damaged('encrypted')
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) =>
      error || !readable ? reject(damaged(error?.message ?? 'unreadable part')) : resolve(readable),
    )
  })
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error))
  } finally {
    stream.destroy()
  }
}
