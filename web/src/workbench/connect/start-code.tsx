import { useState } from 'react'
import type { ConnectionView } from '#sandbox/control/workbench-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CopyButton } from '../copy-button.tsx'
import { JsonView } from '../json-view.tsx'
import panel from '../panel.module.css'
import { Panel } from '../panel.tsx'
import { type CodeLanguage, codeLanguages, codeOf } from './code-samples.ts'

/** How a bot of any language is pointed here: only the domain differs. */
export function StartCode({ view }: { view: ConnectionView }) {
  const t = useT()
  const [language, choose] = useState<CodeLanguage>('node')
  const code = codeOf(language, { appId: view.appId, domain: window.location.origin })
  return (
    <Panel
      title={t('接上你的机器人', 'Connect your bot')}
      text={t('官方 SDK 只要换域名', 'The official SDKs need another domain, nothing else')}
    >
      <div className={panel.inside}>
        <Tabs label={t('语言', 'Language')} tabs={codeLanguages} current={language} onChoose={choose} />
        <div style={{ padding: '12px 0' }}>
          <JsonView value={code} label={t('示例代码', 'Example')} />
        </div>
        <CopyButton text={code} what={t('代码', 'code')} />
      </div>
    </Panel>
  )
}
