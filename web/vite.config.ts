import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npx vite web` beside a running sandbox (SANDBOX_URL, http://127.0.0.1:3400) shows changes as they are saved. */
const sandbox = process.env.SANDBOX_URL || 'http://127.0.0.1:3400'

export default defineConfig({
  root: at('.'),
  plugins: [react()],
  resolve: { alias: { '#web': at('./src'), '#sandbox': at('../sandbox') } },
  build: { outDir: at('./dist'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 4_000 },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/_web', '/_control', '/open-apis'].map((path) => [path, sandbox])),
  },
})
