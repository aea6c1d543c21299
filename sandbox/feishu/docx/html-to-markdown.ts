const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }

const rules: readonly [RegExp, string][] = [
  [/<!--[\s\S]*?-->/g, ''],
  [/<(script|style)\b[\s\S]*?<\/\1>/gi, ''],
  [/<br\s*\/?>/gi, '\n'],
  [/<hr\s*\/?>/gi, '\n---\n'],
  [/<(?:b|strong)\b[^>]*>([\s\S]*?)<\/(?:b|strong)>/gi, '**$1**'],
  [/<(?:i|em)\b[^>]*>([\s\S]*?)<\/(?:i|em)>/gi, '*$1*'],
  [/<(?:s|del)\b[^>]*>([\s\S]*?)<\/(?:s|del)>/gi, '~~$1~~'],
  [/<code\b[^>]*>([\s\S]*?)<\/code>/gi, '`$1`'],
  [/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, '[$2]($1)'],
  [/<img\b[^>]*src="([^"]*)"[^>]*>/gi, '\n![]($1)\n'],
  [/<blockquote\b[^>]*>([\s\S]*?)<\/blockquote>/gi, '\n> $1\n'],
  [/<li\b[^>]*>([\s\S]*?)<\/li>/gi, '\n- $1\n'],
  [/<p\b[^>]*>([\s\S]*?)<\/p>/gi, '\n$1\n'],
]

/** The HTML people paste, as Markdown; what has no counterpart keeps its words only. */
export function htmlToMarkdown(html: string): string {
  let text = html.replace(
    /<h([1-9])\b[^>]*>([\s\S]*?)<\/h\1>/gi,
    (_, level: string, inner: string) => `\n${'#'.repeat(Number(level))} ${inner}\n`,
  )
  for (const [pattern, replacement] of rules) text = text.replace(pattern, replacement)
  return text
    .replace(/<[^>]+>/g, '')
    .replace(/&(#39|\w+);/g, (whole, name: string) => entities[name] ?? whole)
}
