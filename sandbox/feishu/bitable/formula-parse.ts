/** A formula as a tree. */
export type Formula =
  | { kind: 'value'; value: number | string | boolean }
  /** By field_id where the open API wrote it, by name where a person did. */
  | { kind: 'field'; name: string }
  | { kind: 'call'; name: string; args: Formula[] }

/** What is wrong with a formula; it then shows as "#". */
export class FormulaError extends Error {}

type Token = { kind: 'number' | 'text' | 'field' | 'word' | 'mark'; text: string }

const shapes: [Token['kind'] | 'space', RegExp][] = [
  ['space', /^\s+/],
  ['field', /^bitable::\$table\[[^\]]*\]\.\$field\[([^\]]+)\]/],
  ['field', /^\[([^\]]+)\]/],
  ['number', /^\d+(?:\.\d+)?/],
  ['text', /^"((?:[^"\\]|\\.)*)"/],
  ['text', /^'((?:[^'\\]|\\.)*)'/],
  ['word', /^[A-Za-z_][A-Za-z0-9_.]*/],
  ['mark', /^(?:>=|<=|!=|<>|==|&&|\|\||[-+*/%&=<>(),!])/],
]

const longest = 10_000
const deepest = 60

function tokens(expression: string): Token[] {
  if (expression.length > longest) throw new FormulaError('too long')
  const found: Token[] = []
  let rest = expression
  while (rest !== '') {
    const hit = shapes.flatMap(([kind, shape]) => {
      const match = shape.exec(rest)
      return match ? [{ kind, match }] : []
    })[0]
    if (!hit) throw new FormulaError(`"${rest.slice(0, 10)}" is not understood`)
    const [whole, inner] = hit.match
    if (hit.kind !== 'space') found.push({ kind: hit.kind, text: inner ?? whole })
    rest = rest.slice(whole.length)
  }
  return found
}

/** Operators by how tightly they bind. */
const levels: Record<string, string>[] = [
  { '||': 'OR' },
  { '&&': 'AND' },
  { '=': 'EQ', '==': 'EQ', '!=': 'NE', '<>': 'NE', '>': 'GT', '<': 'LT', '>=': 'GE', '<=': 'LE' },
  { '&': 'CONCATENATE' },
  { '+': 'ADD', '-': 'SUBTRACT' },
  { '*': 'MULTIPLY', '/': 'DIVIDE', '%': 'MOD' },
]

/** @throws FormulaError */
export function parseFormula(expression: string): Formula {
  const all = tokens(expression)
  let at = 0
  let depth = 0
  const isMark = (text: string) => all[at]?.kind === 'mark' && all[at]?.text === text
  const expect = (text: string) => {
    if (!isMark(text)) throw new FormulaError(`${text} is missing`)
    at += 1
  }
  const binary = (level: number): Formula => {
    const names = levels[level]
    if (!names) return unary()
    let left = binary(level + 1)
    for (let token = all[at]; token?.kind === 'mark' && names[token.text]; token = all[at]) {
      at += 1
      left = { kind: 'call', name: names[token.text] ?? '', args: [left, binary(level + 1)] }
    }
    return left
  }
  const unary = (): Formula => {
    depth += 1
    if (depth > deepest) throw new FormulaError('too deep')
    try {
      for (const [mark, name] of [
        ['-', 'NEGATE'],
        ['!', 'NOT'],
      ] as const)
        if (isMark(mark)) {
          at += 1
          return { kind: 'call', name, args: [unary()] }
        }
      return primary()
    } finally {
      depth -= 1
    }
  }
  const primary = (): Formula => {
    const token = all[at]
    at += 1
    if (token?.kind === 'number') return { kind: 'value', value: Number(token.text) }
    if (token?.kind === 'text') return { kind: 'value', value: token.text.replace(/\\(.)/g, '$1') }
    if (token?.kind === 'field') return { kind: 'field', name: token.text }
    if (token?.kind === 'word') return word(token.text.toUpperCase())
    if (token?.kind !== 'mark' || token.text !== '(') throw new FormulaError('something is missing')
    const inner = binary(0)
    expect(')')
    return inner
  }
  const word = (name: string): Formula => {
    if (!isMark('(')) {
      if (name === 'TRUE' || name === 'FALSE') return { kind: 'value', value: name === 'TRUE' }
      throw new FormulaError(`${name} is not understood`)
    }
    at += 1
    const args: Formula[] = []
    while (!isMark(')')) {
      if (args.length > 0) expect(',')
      args.push(binary(0))
    }
    at += 1
    return { kind: 'call', name, args }
  }
  const formula = binary(0)
  if (at < all.length) throw new FormulaError('something is left over')
  return formula
}
