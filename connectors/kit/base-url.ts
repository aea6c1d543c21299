import { z } from 'zod'

const local = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Address of a platform's interface. Signatures and tokens travel to it, so plain http is for this machine only. */
export const baseUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  // Refinements run also on what is no address.
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || local.has(hostname)
}, 'must be https (http only for a sandbox on this machine)')
