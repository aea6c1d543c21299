/** XML as it streams by. External and internal entities are never resolved; deep nesting is refused. */
import { SaxesParser } from 'saxes'
import { damaged } from './file-error.ts'

export interface XmlHandler {
  /** Name without its prefix. */
  open(name: string, attributes: Record<string, string>): void
  text(text: string): void
  close(name: string): void
}

const deepest = 60

/** Feeds the bytes to the handler and yields after each piece, so that what it gathered can be taken. @throws FileError */
export async function* readXml(bytes: AsyncIterable<Buffer>, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ fragment: false })
  let depth = 0
  let failure: Error | undefined
  parser.on('error', (error) => {
    failure ??= error
  })
  parser.on('doctype', () => {
    failure ??= new Error('a document type is not allowed')
  })
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1
    if (depth > deepest) failure ??= new Error('nested too deeply')
    handler.open(localName(name), attributes as Record<string, string>)
  })
  parser.on('text', (text) => handler.text(text))
  parser.on('cdata', (text) => handler.text(text))
  parser.on('closetag', ({ name }) => {
    depth -= 1
    handler.close(localName(name))
  })
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of bytes) {
    parser.write(decoder.decode(chunk, { stream: true }))
    if (failure) throw damaged(failure.message)
    yield
  }
  parser.write(decoder.decode()).close()
  if (failure) throw damaged(failure.message)
  yield
}

/** Reads a small document whole. */
export async function readWholeXml(bytes: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(bytes, handler));
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}
