import { createReadStream } from 'node:fs'
import { CsvError, type Parser, parse } from 'csv-parse'
import { damaged, FileError } from './file-error.ts'
import { longestCell, mostColumns, type TableFile, type TableRow } from './table-file.ts'
import { encodingOf } from './text-encoding.ts'

const delimiters = [',', '\t', ';', '|'] as const

/** `start`: the first bytes of the file; `size`: all of them. */
export function openCsv(path: string, start: Buffer, size: number): TableFile {
  const encoding = encodingOf(start, start.length === size)
  const delimiter = delimiterOf(new TextDecoder(encoding).decode(start))
  let read = 0
  return {
    kind: 'csv',
    encoding,
    progress: () => (size === 0 ? 1 : read / size),
    async *rows() {
      read = 0
      const parser = csvParser(delimiter)
      const stream = createReadStream(path)
      const feeding = feed(stream, parser, {
        encoding,
        onBytes: (bytes) => {
          read += bytes
        },
      })
      try {
        yield* rowsOf(parser)
        await feeding
      } finally {
        stream.destroy()
        parser.destroy()
      }
    },
  }
}

function csvParser(delimiter: string): Parser {
  return parse({
    delimiter,
    bom: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestCell * 20,
  })
}

async function feed(
  stream: NodeJS.ReadableStream,
  parser: Parser,
  options: { encoding: string; onBytes(bytes: number): void },
): Promise<void> {
  const decoder = new TextDecoder(options.encoding)
  try {
    for await (const chunk of stream) {
      const bytes = chunk as Buffer
      options.onBytes(bytes.length)
      if (!parser.write(decoder.decode(bytes, { stream: true })))
        await new Promise((resolve) => parser.once('drain', resolve))
    }
    parser.end(decoder.decode())
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

async function* rowsOf(parser: Parser): AsyncGenerator<TableRow> {
  try {
    for await (const entry of parser) {
      const { record, info } = entry as { record: string[]; info: { lines: number } }
      if (record.length > mostColumns)
        throw new FileError(
          'file_too_wide',
          `Line ${info.lines} has ${record.length} columns. 第 ${info.lines} 行有 ${record.length} 列，请检查分隔符。`,
        )
      yield { line: info.lines, cells: record.map((cell) => cell.slice(0, longestCell).trim()) }
    }
  } catch (error) {
    if (error instanceof CsvError) throw damaged(error.message)
    throw error
  }
}

/** The one that parts the first line most often. */
function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]/) === -1 ? undefined : text.search(/[\r\n]/))
  const counts = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.delimiter ?? ','
}
