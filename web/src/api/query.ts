import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { get, WebFailure } from './client.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 3 && error instanceof WebFailure && error.status === 0,
    },
  },
})

/**
 * What `/_web/<path>` answers, asked again whenever one of `parts` (names of the sandbox's states, e.g. `im-messages`)
 * changes. Queries live under the key `['web', path]`; the old answer stays visible while a new one is fetched.
 */
export function useWeb<T>(path: string | null, parts: readonly string[]): UseQueryResult<T, Error> {
  return useQuery<T, Error>({
    queryKey: ['web', path],
    queryFn: () => get<T>(path ?? ''),
    enabled: path !== null,
    meta: { parts },
  })
}

/** Marks what depends on the changed parts as stale; what is on screen is fetched again. */
export function partsChanged(parts: readonly string[]): void {
  void queryClient.invalidateQueries({
    predicate: ({ meta }) => {
      const watched = meta?.parts
      return Array.isArray(watched) && watched.some((part) => parts.includes(part))
    },
  })
}

/** Everything may be different now: another person, another world, or a gap in the live connection. */
export function everythingChanged(): void {
  void queryClient.invalidateQueries()
}
