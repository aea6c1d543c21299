import type { ConformanceArea } from '../case.ts'

/** Every area of the sandbox that keeps promises about its endpoints. */
export const areas: readonly ConformanceArea[] = []
