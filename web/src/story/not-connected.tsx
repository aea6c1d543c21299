import { PlugZap } from 'lucide-react'
import { useT } from '../shell/language.tsx'
import { Command } from './command.tsx'
import styles from './not-connected.module.css'

/** Without a product nothing happens to the orders: how to start it. */
export function NotConnected() {
  const t = useT()
  const port = location.port === '' || location.port === '3400' ? '' : `SANDBOX_PORT=${location.port} `
  return (
    <section className={styles.box} aria-label={t('汇流未连接', 'No product connected')}>
      <PlugZap size={32} aria-hidden />
      <h2>{t('汇流还没有连上这个沙箱', 'Huiliu is not connected yet')}</h2>
      <p>
        {t(
          '沙箱只是本机的飞书、店铺和 ERP。在项目目录再开一个终端，启动汇流，它会自己连上来：',
          'The sandbox only plays Feishu, shops and ERP. Start Huiliu in another terminal; it connects by itself:',
        )}
      </p>
      <Command text={`${port}npm start`} />
      <p className={styles.small}>
        {t('连上以后，这一页会自动继续。', 'Once it is connected, this page goes on by itself.')}
      </p>
    </section>
  )
}
