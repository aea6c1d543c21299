/**
 * A chart's description comes from whoever sent the card. It is data: what could load something, or put markup
 * into the page, is taken out, and its words are drawn on the canvas only.
 */
const dangerous = new Set([
  'html',
  'react',
  'vue',
  'dom',
  'url',
  'href',
  'image',
  'background',
  'renderMode',
  'className',
  'parentElement',
  'customMark',
  'extensionMark',
  'poptip',
  'media',
  'dataFilter',
  '__proto__',
])

const deepest = 20
const longestText = 500

export const colorThemes: Readonly<Record<string, readonly string[]>> = {
  brand: ['#3370ff', '#50cefb', '#935af6', '#fad355', '#ff8800', '#34c724', '#f54a45', '#00d6b9'],
  rainbow: ['#f54a45', '#ff8800', '#ffc60a', '#34c724', '#00d6b9', '#3370ff', '#7f3bf5', '#f01d94'],
  complementary: ['#3370ff', '#ff8800', '#14c0ff', '#ffc60a', '#7f3bf5', '#34c724'],
  converse: ['#3370ff', '#f54a45', '#14c0ff', '#ff8800', '#00d6b9', '#f01d94'],
  primary: ['#1456f0', '#336df4', '#5083fb', '#82a7fc', '#adc7ff', '#d6e4ff'],
}

/** The spec as VChart may have it: no functions (JSON has none), nothing that loads or becomes markup. */
export function drawableSpec(spec: unknown, colors: readonly string[] | undefined): Record<string, unknown> {
  const clean = cleaned(spec, 0) as Record<string, unknown>
  const tooltip = clean.tooltip
  return {
    ...(colors && { color: [...colors] }),
    padding: [16, 8, 8, 8],
    ...clean,
    animation: false,
    tooltip: { ...(typeof tooltip === 'object' ? tooltip : {}), renderMode: 'canvas' },
  }
}

function cleaned(value: unknown, depth: number): unknown {
  if (depth > deepest) return undefined
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth + 1))
  if (typeof value === 'string') return /^\s*<|javascript:/i.test(value) ? '' : value.slice(0, longestText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !dangerous.has(key))
      .map(([key, item]) => [key, cleaned(item, depth + 1)]),
  )
}
