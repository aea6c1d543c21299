/** Feishu's colour names. Feishu docs: 颜色枚举值. */

const bases: Readonly<Record<string, string>> = {
  blue: '#3370ff',
  wathet: '#14c0ff',
  turquoise: '#00d6b9',
  green: '#34c724',
  lime: '#b3d600',
  yellow: '#ffc60a',
  sunflower: '#ffc60a',
  orange: '#ff8800',
  red: '#f54a45',
  carmine: '#f01d94',
  violet: '#d136d1',
  purple: '#7f3bf5',
  indigo: '#4954e6',
  grey: '#8f959e',
  gray: '#8f959e',
  neutral: '#8f959e',
}

/** How much of the colour is left when it is mixed with white (below 500) or black (above). */
const shares: Readonly<Record<string, readonly [share: number, into: string]>> = {
  '50': [7, 'white'],
  '100': [15, 'white'],
  '200': [30, 'white'],
  '300': [50, 'white'],
  '350': [62, 'white'],
  '400': [78, 'white'],
  '500': [100, 'white'],
  '600': [88, 'black'],
  '700': [74, 'black'],
  '800': [58, 'black'],
  '900': [42, 'black'],
}

const fixed: Readonly<Record<string, string>> = {
  default: '',
  white: '#fff',
  'bg-white': '#fff',
  black: '#1f2329',
}

const written = /^(?:#[0-9a-f]{3,8}|rgba?\([\d.,%\s/]+\))$/i

/** A shade of a named colour as CSS; undefined when the name is unknown. */
export function shade(name: string, level: string): string | undefined {
  const base = Object.hasOwn(bases, name) ? bases[name] : undefined
  const mix = Object.hasOwn(shares, level) ? shares[level] : undefined
  if (base === undefined || mix === undefined) return undefined
  return mix[0] === 100 ? base : `color-mix(in srgb, ${base} ${mix[0]}%, ${mix[1]})`
}

/** A colour as cards write it: a name, a name with a level (`blue-50`), rgba(), or a custom name of the card. */
export function colorOf(value: unknown, custom: Readonly<Record<string, string>>): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  if (Object.hasOwn(custom, value)) return colorOf(custom[value], {})
  if (Object.hasOwn(fixed, value)) return fixed[value] || undefined
  if (written.test(value)) return value
  const [, name = '', level = '500'] = /^([a-z]+)(?:-(\d+))?$/.exec(value) ?? []
  return shade(name, level)
}

/** Text in a plain colour name is a step darker, so that it can be read on white. */
export function textColorOf(value: unknown, custom: Readonly<Record<string, string>>): string | undefined {
  if (typeof value === 'string' && !Object.hasOwn(custom, value) && Object.hasOwn(bases, value)) {
    return value === 'grey' || value === 'gray' || value === 'neutral' ? '#8f959e' : shade(value, '600')
  }
  return colorOf(value, custom)
}

/** Backgrounds: plain `grey` is the light grey of quiet areas. */
export function backgroundOf(value: unknown, custom: Readonly<Record<string, string>>): string | undefined {
  if (value === 'grey' || value === 'gray') return '#f5f6f7'
  if (value === 'laser') return 'linear-gradient(100deg, #e1eaff, #ece2fe 55%, #fde2f0)'
  return colorOf(value, custom)
}

export function borderColorOf(value: unknown, custom: Readonly<Record<string, string>>): string {
  if (value === undefined || value === 'grey' || value === 'gray') return '#dee0e3'
  return colorOf(value, custom) ?? '#dee0e3'
}

/** Colours of a little tag: pale ground, strong letters. */
export function tagColors(value: unknown): { background: string; color: string } {
  const name = typeof value === 'string' ? value : ''
  if (name === 'neutral' || !Object.hasOwn(bases, name)) {
    return name === '' || name === 'blue'
      ? { background: '#e1eaff', color: '#245bdb' }
      : { background: '#1f232914', color: '#1f2329' }
  }
  return { background: shade(name, '100') ?? '', color: shade(name, '800') ?? '' }
}

/** A tag on a header stands on a tint already. */
export function headerTagColors(value: unknown): { background: string; color: string } {
  const { background, color } = tagColors(value)
  return { background: shade(typeof value === 'string' ? value : 'blue', '200') ?? background, color }
}

/** Colours of a header: Feishu fills it with a pale tint and writes the title in the colour itself. */
export function templateColors(template: unknown): { background?: string; color: string } {
  const name = typeof template === 'string' ? template : 'default'
  if (name === 'grey') return { background: '#eff0f1', color: '#51565d' }
  if (name === 'default' || !Object.hasOwn(bases, name)) return { color: '#1f2329' }
  return { background: shade(name, '100') ?? '', color: shade(name, '700') ?? '' }
}
