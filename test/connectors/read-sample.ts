import { readFileSync } from 'node:fs'
import { readJson } from '../../connectors/kit/read-json.ts'

/** A fresh copy of a committed sample, free to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: tests change single fields of records as the channel sends them
export function readSample(connector: string, name: string): any {
  const file = new URL(`../../connectors/${connector}/samples/${name}`, import.meta.url)
  return readJson(readFileSync(file, 'utf8'))
}
