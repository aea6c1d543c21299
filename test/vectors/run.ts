/** `npm run vectors -- FILE`: pass or fail per vector, a closing count, exit 1 on any failure. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { judge } from './systems.ts'

const vectors = z.array(
  z.looseObject({
    system: z.string(),
    kind: z.string(),
    inputs: z.record(z.string(), z.unknown()),
    expected: z.unknown(),
  }),
)

function read(file: string): z.infer<typeof vectors> {
  try {
    return vectors.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    console.error(`${file} is not a JSON array of vectors: ${error instanceof Error ? error.message : error}`)
    process.exit(1)
  }
}

const file = process.argv[2]
if (file === undefined) {
  console.error('Usage: npm run vectors -- FILE (a JSON array of {system, kind, inputs, expected})')
  process.exit(1)
}
let failed = 0
const all = read(file)
for (const [index, vector] of all.entries()) {
  const verdict = judge(vector)
  if (!verdict.ok) failed += 1
  console.log(
    `${verdict.ok ? 'pass' : 'FAIL'} #${index} ${vector.system} ${vector.kind}${verdict.ok ? '' : `: ${verdict.why}`}`,
  )
}
console.log(`${all.length - failed} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1
