import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { errorTable } from '#src/feishu/error-table.ts'
import { readBacklog } from '#src/ops/backlog.ts'
import { useDatabase } from '../support/database.ts'
import { codeBlocks, codeCells, read, root } from './read-markdown.ts'

const database = useDatabase()
const pages = ['docs/operate.md', 'docs/zh-CN/operate.md']

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
}

/** `{ code: '…', subject: …, title: …` is how an alert is written. */
function alertCodes(): Set<string> {
  const raised = [...sources('src'), ...sources('playbooks')].flatMap((text) => [
    ...text.matchAll(/code: '([a-z]+_[a-z_]+)',\s*subject: [^\n]*\n\s*title:/g),
  ])
  return new Set(raised.map(([, code = '']) => code))
}

describe.each(pages)('%s', (page) => {
  const text = read(page)

  it('explains every alert', () => {
    const codes = alertCodes()
    expect(codes.size).toBeGreaterThan(15)
    expect([...codes].filter((code) => !text.includes(`\`${code}\``))).toEqual([])
  })

  it('explains every gauge of the backlog', async () => {
    const gauges = Object.keys(await readBacklog(database.db)).map((name) =>
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
    const explained = codeCells(text, /^[a-z]+_[a-z]+$/)
    expect(gauges.filter((gauge) => !explained.includes(gauge))).toEqual([])
  })

  it('has SQL that the database understands', async () => {
    const statements = codeBlocks(text, 'sql').join('').split(';\n').filter(Boolean)
    expect(statements.length).toBe(10)
    for (const statement of statements) await database.db.execute(sql.raw(statement))
  })
})

it('the SQL that shows what shadow mode recorded runs', async () => {
  for (const page of ['docs/connect-feishu.md', 'docs/zh-CN/connect-feishu.md'])
    for (const block of codeBlocks(read(page), 'sql')) await database.db.execute(sql.raw(block))
})

it('the codes of Feishu in the READMEs are ones the product knows, or the client shows', () => {
  const shownByTheClient = [200340, 200341, 200342, 200343]
  for (const page of ['README.md', 'README.zh-CN.md']) {
    const rows = read(page)
      .split('\n')
      .filter((line) => /^\| [^|]*\d{5,8}/.test(line))
    const codes = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/\b\d{5,8}\b/g)].map(Number))
    expect(codes.length).toBeGreaterThan(8)
    expect(codes.filter((code) => !errorTable.has(code) && !shownByTheClient.includes(code))).toEqual([])
  }
})
