import { variables } from './environment.ts'

const ours = /^(FEISHU|HUILIU)_/

/** Variables with our prefixes that nothing reads: most likely misspelt, and then silently without effect. */
export function probableTypos(names: Iterable<string>, alsoKnown: ReadonlySet<string>): string[] {
  const known = [...Object.keys(variables), ...alsoKnown]
  const unknown = [...names].filter((name) => ours.test(name) && !known.includes(name))
  return unknown.sort().map((name) => {
    const near = nearest(name, known)
    return near === undefined
      ? `${name} is not a variable of Huiliu: remove it. ${name} 不是汇流的变量：请删除`
      : `${name} is not a variable of Huiliu: did you mean ${near}? ${name} 不是汇流的变量：是否应为 ${near}？`
  })
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance <= Math.max(3, name.length / 4) ? best.candidate : undefined
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
