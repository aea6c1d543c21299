/** What one delivery came to, for webhook and long connection alike. */
export type Delivery = Outcome & {
  /** What went over the wire, for eyes. */
  wire?: unknown
}

type Outcome =
  | { ok: true; status: number; body: string }
  | { ok: false; reason: 'no-receiver' | 'timeout' | 'tcp' | 'dns' | 'not-200'; detail: string }

/** The receiver has this long, in real time, over either transport. */
export const deliveryTimeoutMs = 3_000

export interface Transport {
  deliver(envelope: string): Promise<Delivery>
}
