import type { ChatPage, MenuButton } from '#sandbox/feishu/im/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useToast, useTry } from '../ui/toast.tsx'
import styles from './bot-menu.module.css'
import { MenuPopup } from './menu-popup.tsx'

/** The bot's menu above the composer of its private chat, or a group's menu. */
export function BotMenu({ chat }: { chat: ChatPage }) {
  const attempt = useTry()
  const show = useToast()
  const t = useT()
  const press = (button: MenuButton) =>
    attempt(async () => {
      if (button.url !== undefined) return void window.open(button.url, '_blank', 'noopener')
      if (button.event_key === undefined) return
      await send('POST', `messenger/chats/${chat.chat_id}/menu`, { event_key: button.event_key })
      show('success', t(`已点击“${button.name}”`, `“${button.name}” pressed`))
    })
  return (
    <div className={styles.menu} role="toolbar" aria-label={t('菜单', 'Menu')}>
      {chat.menu.map((button) =>
        button.children ? (
          <MenuPopup key={button.name} label={button.name}>
            {(close) =>
              button.children?.map((child) => (
                <button
                  key={child.name}
                  type="button"
                  onClick={() => {
                    close()
                    void press(child)
                  }}
                >
                  {child.name}
                </button>
              ))
            }
          </MenuPopup>
        ) : (
          <button
            key={button.name}
            type="button"
            className={styles.button}
            onClick={() => void press(button)}
          >
            {button.name}
          </button>
        ),
      )}
    </div>
  )
}
