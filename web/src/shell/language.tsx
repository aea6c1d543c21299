import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

export type Language = 'zh' | 'en'
/** `t('群聊', 'Chats')`: both texts stand where they are used. */
export type Translate = (zh: string, en: string) => string

const key = 'huiliu-sandbox-language'
const Context = createContext<{ language: Language; choose(language: Language): void }>({
  language: 'zh',
  choose: () => undefined,
})

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(localStorage.getItem(key) === 'en' ? 'en' : 'zh')
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const choose = (next: Language) => {
    localStorage.setItem(key, next)
    setLanguage(next)
  }
  return <Context value={{ language, choose }}>{children}</Context>
}

export function useLanguage() {
  return useContext(Context)
}

export function useT(): Translate {
  const { language } = useContext(Context)
  return (zh, en) => (language === 'zh' ? zh : en)
}
