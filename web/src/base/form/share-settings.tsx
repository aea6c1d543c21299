import { Copy, ExternalLink } from 'lucide-react'
import type { SharedLimit, WebForm } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useToast } from '../../ui/toast.tsx'
import styles from './form-settings.module.css'
import { Switch } from './switch.tsx'

/** The link of a form: whether it works, and for whom. */
export function ShareSettings({ form, onChange }: { form: WebForm; onChange(body: object): void }) {
  const t = useT()
  const toast = useToast()
  const { shared, shared_limit, submit_limit_once, shared_url } = form.settings
  const address = new URL(shared_url, window.location.href).pathname
  const limits: [SharedLimit, string][] = [
    ['off', t('仅能编辑这张表的人可填写', 'Only who may edit the base')],
    ['tenant_editable', t('组织内获得链接的人可填写', 'Anybody of the organisation with the link')],
    [
      'anyone_editable',
      t('互联网上获得链接的人可填写（不需要登录）', 'Anybody with the link, without signing in'),
    ],
  ]
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(address, window.location.href).href)
    toast('success', t('链接已复制', 'Link copied'))
  }
  return (
    <section className={styles.card}>
      <h2>{t('分享', 'Sharing')}</h2>
      <Switch
        label={t('开启表单分享', 'Share this form')}
        on={shared}
        onSwitch={(on) =>
          onChange(
            on && shared_limit === 'off' ? { shared: on, shared_limit: 'tenant_editable' } : { shared: on },
          )
        }
      />
      {shared ? (
        <>
          <div className={styles.link}>
            <input
              readOnly
              aria-label={t('表单链接', 'Link')}
              value={new URL(address, window.location.href).href}
            />
            <Button onClick={() => void copy()}>
              <Copy size={14} aria-hidden />
              {t('复制链接', 'Copy')}
            </Button>
            <a href={address} target="_blank" rel="noreferrer" className={styles.open}>
              <ExternalLink size={14} aria-hidden />
              {t('打开', 'Open')}
            </a>
          </div>
          <fieldset className={styles.limits}>
            <legend>{t('谁可以填写', 'Who may fill it in')}</legend>
            {limits.map(([limit, text]) => (
              <label key={limit}>
                <input
                  type="radio"
                  name={`limit-${form.form_id}`}
                  checked={shared_limit === limit}
                  onChange={() => onChange({ shared_limit: limit })}
                />
                {text}
              </label>
            ))}
          </fieldset>
        </>
      ) : null}
      <Switch
        label={t('每人只能提交一次', 'Once per person')}
        on={submit_limit_once}
        onSwitch={(on) => onChange({ submit_limit_once: on })}
      />
    </section>
  )
}
