import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // On CI a machine may be starved for a second while a browser waits; what fails twice is wrong.
    retry: process.env.CI === 'true' ? 1 : 0,
    reporters: ['default'],
  },
})
