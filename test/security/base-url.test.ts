import { expect, test } from 'vitest'
import { connectors } from '../../connectors/index.ts'
import { baseUrl } from '../../connectors/kit/base-url.ts'

/** Connectors that call somebody; the others are only handed records. */
const calling = connectors.filter(({ accept, sheets }) => accept === undefined && sheets === undefined)

test.each([
  'http://openapi.example.com',
  'ftp://openapi.example.com',
  'javascript:alert(1)',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example',
  'no address',
])('keys are never sent to %s', (address) => {
  expect(baseUrl.safeParse(address).success).toBe(false)
  expect(calling.length).toBeGreaterThan(2)
  for (const connector of calling) {
    const issues = connector.config.safeParse({ baseUrl: address }).error?.issues ?? []
    expect(issues.map(({ path }) => path[0])).toContain('baseUrl')
  }
})

test.each([
  'https://openapi.example.com',
  'http://127.0.0.1:3400/jst',
  'http://localhost:1',
  'http://[::1]:1',
])('%s may be configured', (address) => expect(baseUrl.safeParse(address).success).toBe(true))
