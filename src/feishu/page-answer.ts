import { z } from 'zod'

/** A page of a listing: `items` may be missing when there are none, `next` is undefined on the last page. */
export function pageAnswer<T>(item: z.ZodType<T>) {
  return z
    .object({
      items: z.array(item).nullish(),
      has_more: z.boolean().nullish(),
      page_token: z.string().nullish(),
      total: z.number().nullish(),
    })
    .transform((page) => ({
      items: page.items ?? [],
      next: page.has_more === true ? (page.page_token ?? undefined) : undefined,
      total: page.total ?? page.items?.length ?? 0,
    }))
}

/** The page token as a query parameter, left out on the first page. */
export const pageParam = (token: string | undefined) => (token === undefined ? {} : { page_token: token })
