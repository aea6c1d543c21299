import { type ClipboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Draft } from '#sandbox/feishu/im/web/shapes.ts'
import { send, upload } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { useTry } from '../ui/toast.tsx'
import type { ComposerProps } from './composer.tsx'
import { type Mentionable, mentionables, postDraft, textDraft } from './draft.ts'
import { type MentionChoice, useMentionPicker } from './use-mention-picker.ts'

const tallest = 180

export interface ComposerState {
  words: string
  title: string
  setTitle: (title: string) => void
  isPost: boolean
  togglePost: () => void
  busy: boolean
  area: RefObject<HTMLTextAreaElement | null>
  picker: MentionChoice
  write: (words: string, cursor: number) => void
  moved: (cursor: number) => void
  /** Puts marks around the selection. */
  wrap: (before: string, after: string) => void
  paste: (files: FileList, event: ClipboardEvent) => void
  send: () => Promise<void>
  sendFile: (file: File, as: 'image' | 'file') => void
}

/** What is being written, and how it is sent. */
export function useComposer({ chat, replyTo, threadRoot, onSent }: ComposerProps): ComposerState {
  const { me } = useSession()
  const t = useT()
  const attempt = useTry()
  const area = useRef<HTMLTextAreaElement>(null)
  const [words, setWords] = useState('')
  const [title, setTitle] = useState('')
  const [isPost, setIsPost] = useState(false)
  const [cursor, setCursor] = useState(0)
  const [chosen, setChosen] = useState<readonly Mentionable[]>([])
  const [busy, setBusy] = useState(false)
  const everybody = mentionables(chat, me.open_id, t('所有人', 'everybody'))
  const place = usePlacedCursor(area)
  const write = (text: string, at: number) => {
    setWords(text)
    setCursor(at)
  }
  const replace = (from: number, to: number, text: string, at: number) => {
    write(words.slice(0, from) + text + words.slice(to), at)
    place(at)
  }
  const picker = useMentionPicker({
    words,
    cursor,
    everybody,
    choose: (one, from) => {
      setChosen([...chosen.filter(({ id }) => id !== one.id), one])
      replace(from, cursor, `@${one.name} `, from + one.name.length + 2)
    },
  })
  useHeight(area, words)
  useEffect(() => {
    if (replyTo) area.current?.focus()
  }, [replyTo])
  const post = (draft: Draft) =>
    send('POST', `messenger/chats/${chat.chat_id}/messages`, {
      ...draft,
      ...(replyTo && { reply_to: replyTo.message_id }),
      ...(threadRoot && { reply_to: replyTo?.message_id ?? threadRoot, in_thread: true }),
    })
  const deliver = async (work: () => Promise<unknown>) => {
    if (busy) return
    setBusy(true)
    const isSent = await attempt(work)
    setBusy(false)
    if (isSent) onSent()
    return isSent
  }
  const sendFile = (file: File, as: 'image' | 'file') =>
    void deliver(async () => {
      const form = new FormData()
      form.append('as', as)
      form.append('file', file)
      const content = await upload<Record<string, unknown>>('messenger/uploads', form)
      await post({ type: 'image_key' in content ? 'image' : 'file', content })
    })
  return {
    words,
    title,
    setTitle,
    isPost,
    togglePost: () => setIsPost(!isPost),
    busy,
    area,
    picker,
    write,
    moved: setCursor,
    wrap(before, after) {
      const { selectionStart = 0, selectionEnd = 0 } = area.current ?? {}
      const inside = words.slice(selectionStart, selectionEnd)
      const space = before === '@' && /\S$/.test(words.slice(0, selectionStart)) ? ' ' : ''
      const marked = space + before + inside + after
      replace(selectionStart, selectionEnd, marked, selectionStart + (space + before + inside).length)
    },
    paste(files, event) {
      const file = files[0]
      if (!file) return
      event.preventDefault()
      sendFile(file, file.type.startsWith('image/') ? 'image' : 'file')
    },
    async send() {
      if (words.trim() === '') return
      const draft = isPost ? postDraft(title, words.trim(), chosen) : textDraft(words.trim(), chosen)
      if (!(await deliver(() => post(draft)))) return
      write('', 0)
      setTitle('')
      setChosen([])
      area.current?.focus()
    },
    sendFile,
  }
}

/** Puts the cursor where a change of ours wants it, after the change is drawn. */
function usePlacedCursor(area: RefObject<HTMLTextAreaElement | null>): (at: number) => void {
  const wanted = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (wanted.current === null || !area.current) return
    area.current.focus()
    area.current.setSelectionRange(wanted.current, wanted.current)
    wanted.current = null
  })
  return (at) => {
    wanted.current = at
  }
}

/** The field grows with what is written. */
function useHeight(area: RefObject<HTMLTextAreaElement | null>, words: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew with every change of the words
  useLayoutEffect(() => {
    if (!area.current) return
    area.current.style.height = 'auto'
    area.current.style.height = `${Math.min(tallest, area.current.scrollHeight)}px`
  }, [words, area])
}
