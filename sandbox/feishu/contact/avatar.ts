import type { Kernel } from '../../kernel/types.ts'
import { findPerson } from './people.ts'

const colors = ['#3370ff', '#7f3bf5', '#00b5a3', '#f77234', '#e0489d', '#2ea121']

/** `GET /_web/avatar/<open_id>.svg`: the picture addresses of the API lead somewhere. */
export function registerAvatars(kernel: Kernel): void {
  kernel.web('GET', 'avatar/:file', ({ params, reply }) => {
    const person = findPerson(kernel, (params.file ?? '').replace(/\.svg$/, ''), 'open_id')
    const letters = [...(person?.name ?? '?')].slice(-2).join('')
    const color =
      colors[[...letters].reduce((sum, one) => sum + (one.codePointAt(0) ?? 0), 0) % colors.length]
    return reply
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .type('image/svg+xml')
      .send(
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="${color}"/><text x="36" y="45" font-size="26" fill="#fff" text-anchor="middle" font-family="sans-serif">${escaped(letters)}</text></svg>`,
      )
  })
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
