import { vi } from 'vitest'

/** Generous: the limit only matters when something will never happen. */
const limitMs = 45_000

type Missing = undefined | null | false

/** Asks again and again until there is an answer (neither undefined, null nor false), and returns it. Works in hooks too. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | Missing> | T | Missing,
  timeout = limitMs,
): Promise<T> {
  const attempt = async () => {
    const value = await ask()
    if (value === undefined || value === null || value === false) throw new Error(`Never happened: ${what}`)
    return value
  }
  return await vi.waitFor(attempt, { timeout, interval: 60 })
}
