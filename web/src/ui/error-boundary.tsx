import { Component, type ReactNode } from 'react'

/** One broken page must not take the others away. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <div role="alert" style={{ padding: 24 }}>
        <h3>这个页面出错了 This page failed</h3>
        <p style={{ color: 'var(--text-2)', margin: '8px 0' }}>{error.message}</p>
        <button type="button" onClick={() => this.setState({ error: undefined })}>
          重试 Try again
        </button>
      </div>
    )
  }
}
