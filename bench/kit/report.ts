import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Goal {
  text: string
  met: boolean
}

export interface Figure {
  /** `ingest`, `intake` … */
  part: string
  name: string
  value: string
  /** Absent: for orientation only. */
  goal?: Goal
}

export const atLeast = (value: number, least: number): Goal => ({ text: `≥ ${least}`, met: value >= least })
export const atMost = (value: number, most: number): Goal => ({ text: `≤ ${most}`, met: value <= most })
export const below = (value: number, limit: number): Goal => ({ text: `< ${limit}`, met: value < limit })

/** Aligned for a terminal: part, figure, value, goal, ok or miss. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ part, name, value, goal }) => [
    part,
    name,
    value,
    goal?.text ?? '',
    goal === undefined ? '' : goal.met ? 'ok' : 'miss',
  ])
  const all = [['part', 'figure', 'value', 'goal', ''], ...rows]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(all[0] ?? []), line(widths.map((width) => '─'.repeat(width))), ...all.slice(1).map(line)].join(
    '\n',
  )
}

/** Leaves the figures for tools to read. Returns the file. */
export async function writeResults(figures: readonly Figure[]): Promise<string> {
  const folder = join(tmpdir(), 'huiliu-bench')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'latest.json')
  const machine = { platform: process.platform, cores: cpus().length, node: process.version }
  await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2)}\n`)
  return file
}
