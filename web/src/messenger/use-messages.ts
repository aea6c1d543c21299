import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { MessagesPage, WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { get, send } from '../api/client.ts'

/** The part of the sandbox that changes with everything a messenger shows. */
export const messengerParts = ['im-shown', 'contact'] as const

export interface Messages {
  /** Oldest first; undefined until the first answer. */
  items: readonly WebMessage[] | undefined
  error: Error | null
  hasOlder: boolean
  isLoadingOlder: boolean
  loadOlder: () => void
}

/** A chat's messages, newest page first, older ones as one scrolls up. */
export function useMessages(chatId: string): Messages {
  const path = `messenger/chats/${chatId}/messages`
  const query = useInfiniteQuery({
    queryKey: ['web', path],
    queryFn: ({ pageParam }) =>
      get<MessagesPage>(pageParam === null ? path : `${path}?before=${String(pageParam)}`),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.before,
    meta: { parts: messengerParts },
  })
  return {
    items: query.data?.pages.toReversed().flatMap((page) => page.items),
    error: query.error,
    hasOlder: query.hasNextPage,
    isLoadingOlder: query.isFetchingNextPage,
    loadOlder: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
    },
  }
}

/** Tells the sandbox that this person has seen the chat up to its newest message. */
export function useSeen(chatId: string, newest: string | undefined, person: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: seen again when a newer message came or another person looks
  useEffect(() => {
    if (newest === undefined) return
    const tell = () => {
      if (!document.hidden) send('POST', `messenger/chats/${chatId}/seen`).catch(() => undefined)
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [chatId, newest, person])
}
