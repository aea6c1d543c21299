import { AtSign, Bold, Image, Link2, Paperclip, SendHorizontal, Type, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { ChatPage, WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './composer.module.css'
import { MentionPicker } from './mention-picker.tsx'
import { useComposer } from './use-composer.ts'

export interface ComposerProps {
  chat: ChatPage
  replyTo: WebMessage | null
  onSent: () => void
  onForgetReply: () => void
  /** The first message of the thread this composer writes into. */
  threadRoot?: string
}

/** Where one writes: text or rich text, mentions, pictures and files. Enter sends, Shift+Enter makes a line. */
export function Composer(props: ComposerProps) {
  const { chat, replyTo, threadRoot } = props
  const t = useT()
  const composer = useComposer(props)
  const { words, picker, area } = composer
  const onKey = (event: KeyboardEvent) => {
    // An input method uses Enter to choose a word.
    if (event.nativeEvent.isComposing || picker.onKey(event)) return
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    void composer.send()
  }
  const placeholder = threadRoot
    ? t('回复话题', 'Reply in thread')
    : t(`发送给 ${chat.name}`, `Message ${chat.name}`)
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault()
        void composer.send()
      }}
    >
      {replyTo ? (
        <p className={styles.reply}>
          <span>
            {t('回复', 'Reply to')} {replyTo.sender.name}
          </span>
          <Tool label={t('取消回复', 'Cancel reply')} onPress={props.onForgetReply}>
            <X size={14} />
          </Tool>
        </p>
      ) : null}
      {composer.isPost ? (
        <input
          className={styles.title}
          aria-label={t('标题', 'Title')}
          placeholder={t('标题（可不填）', 'Title (optional)')}
          value={composer.title}
          onChange={(event) => composer.setTitle(event.target.value)}
        />
      ) : null}
      <div className={styles.field}>
        {picker.offered.length > 0 ? <MentionPicker picker={picker} /> : null}
        <textarea
          ref={area}
          rows={1}
          aria-label={placeholder}
          placeholder={placeholder}
          value={words}
          onChange={(event) => composer.write(event.target.value, event.target.selectionStart)}
          onSelect={(event) => composer.moved(event.currentTarget.selectionStart)}
          onKeyDown={onKey}
          onPaste={(event) => composer.paste(event.clipboardData.files, event)}
        />
      </div>
      <div className={styles.tools}>
        <Tool label={t('富文本', 'Rich text')} pressed={composer.isPost} onPress={composer.togglePost}>
          <Type size={17} />
        </Tool>
        {composer.isPost ? (
          <>
            <Tool label={t('加粗', 'Bold')} onPress={() => composer.wrap('**', '**')}>
              <Bold size={17} />
            </Tool>
            <Tool label={t('链接', 'Link')} onPress={() => composer.wrap('[', '](https://)')}>
              <Link2 size={17} />
            </Tool>
          </>
        ) : null}
        {chat.mode === 'group' ? (
          <Tool label={t('提及某人', 'Mention somebody')} onPress={() => composer.wrap('@', '')}>
            <AtSign size={17} />
          </Tool>
        ) : null}
        <Pick
          label={t('发送图片', 'Send a picture')}
          accept="image/*"
          onPick={(file) => composer.sendFile(file, 'image')}
        >
          <Image size={17} />
        </Pick>
        <Pick label={t('发送文件', 'Send a file')} onPick={(file) => composer.sendFile(file, 'file')}>
          <Paperclip size={17} />
        </Pick>
        <button
          type="submit"
          className={styles.send}
          disabled={words.trim() === '' || composer.busy}
          aria-label={t('发送', 'Send')}
        >
          <SendHorizontal size={18} />
        </button>
      </div>
    </form>
  )
}

function Tool(props: { label: string; pressed?: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}

function Pick(props: { label: string; accept?: string; onPick: (file: File) => void; children: ReactNode }) {
  return (
    <label className={styles.tool} title={props.label}>
      {props.children}
      <input
        type="file"
        className="visually-hidden"
        aria-label={props.label}
        accept={props.accept}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) props.onPick(file)
          event.target.value = ''
        }}
      />
    </label>
  )
}
