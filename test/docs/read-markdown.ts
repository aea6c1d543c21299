import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Every Markdown document of the project, by its path from the root. */
export function documents(): string[] {
  const below = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return below(path)
      return entry.name.endsWith('.md') ? [path] : []
    })
  const top = readdirSync(root).filter((name) => name.endsWith('.md'))
  return [...top, ...below('docs')]
}

/** The code blocks of a language, in order. */
export function codeBlocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, code = '']) => code,
  )
}

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')

/** Targets of the links, without those in code. */
export function links(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
}

/** First cells of a table's rows whose first cell is code: `` | `NAME` | … ``. */
export function codeCells(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, cell = '']) => (pattern.test(cell) ? [cell] : []))
}

/** Anchors GitHub makes of the headings. */
export function anchors(text: string): Set<string> {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)
  const slug = (heading: string) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
  return new Set([...headings].map(([, heading = '']) => slug(heading)))
}

export const folderOf = (path: string) => dirname(path)
