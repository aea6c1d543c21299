#!/usr/bin/env -S node --max-semi-space-size=16 --max-old-space-size=1024
// Plain JavaScript on purpose: it must be able to tell an old Node what is wrong.
const [major] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    `汇流需要 Node 24，当前是 ${process.version}。请运行 npm ci（不要跳过安装脚本），然后用 npm start 启动；或自行安装 Node 24。\n` +
      `Huiliu needs Node 24, this is ${process.version}. Run "npm ci" with install scripts allowed and use "npm start", or install Node 24.`,
  )
  process.exit(1)
}
try {
  process.loadEnvFile('.env')
} catch (error) {
  if (error.code !== 'ENOENT') {
    console.error(
      `无法读取当前目录下的 .env：请检查它是不是文件、当前用户有没有读取权限。\n` +
        `.env in this folder cannot be read (${error.code ?? 'not a file'}): make it a file that this user may read.`,
    )
    process.exit(1)
  }
}
const { main } = await import('../src/cli.ts')
await main(process.argv.slice(2))
