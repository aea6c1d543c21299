import { Component, type ReactNode } from 'react'
import styles from './card.module.css'

/** One component that cannot be drawn must not take the card away. */
export class ElementBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return <p className={styles.unknown}>此组件无法显示 this component cannot be shown</p>
  }
}
