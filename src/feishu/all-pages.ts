/** Most pages one listing may have: a server that never stops saying `has_more` must not hang us. */
const maxPages = 1_000

/** All items of a paged listing, page after page. */
export async function allPages<T>(
  read: (pageToken: string | undefined) => Promise<{ items: T[]; next: string | undefined }>,
): Promise<T[]> {
  const items: T[] = []
  let token: string | undefined
  for (let page = 0; page < maxPages; page++) {
    const answer = await read(token)
    items.push(...answer.items)
    if (answer.next === undefined || answer.next === '' || answer.next === token) break
    token = answer.next
  }
  return items
}
