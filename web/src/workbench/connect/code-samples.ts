export const codeLanguages = [
  { id: 'node', text: 'Node.js' },
  { id: 'go', text: 'Go' },
  { id: 'python', text: 'Python' },
  { id: 'java', text: 'Java' },
  { id: 'curl', text: 'curl' },
] as const

export type CodeLanguage = (typeof codeLanguages)[number]['id']

/** How each official SDK is told another domain; the secret stays in the environment. */
export function codeOf(language: CodeLanguage, { appId, domain }: { appId: string; domain: string }): string {
  return {
    node: `import * as lark from '@larksuiteoapi/node-sdk'

const app = { appId: '${appId}', appSecret: process.env.APP_SECRET, domain: '${domain}' }
const client = new lark.Client(app)
new lark.WSClient(app).start({
  eventDispatcher: new lark.EventDispatcher({}).register({
    'im.message.receive_v1': async (event) => console.log(event.message.content),
  }),
})`,
    go: `client := lark.NewClient("${appId}", os.Getenv("APP_SECRET"),
    lark.WithOpenBaseUrl("${domain}"))
ws := larkws.NewClient("${appId}", os.Getenv("APP_SECRET"),
    larkws.WithEventHandler(handler), larkws.WithDomain("${domain}"))
ws.Start(context.Background())`,
    python: `client = lark.Client.builder() \\
    .app_id("${appId}").app_secret(os.environ["APP_SECRET"]) \\
    .domain("${domain}").build()
lark.ws.Client("${appId}", os.environ["APP_SECRET"],
               event_handler=handler, domain="${domain}").start()`,
    java: `Client client = Client.newBuilder("${appId}", System.getenv("APP_SECRET"))
    .openBaseUrl("${domain}").build();
new com.lark.oapi.ws.Client.Builder("${appId}", System.getenv("APP_SECRET"))
    .eventHandler(handler).domain("${domain}").build().start();`,
    curl: `curl -X POST ${domain}/open-apis/auth/v3/tenant_access_token/internal \\
  -H 'content-type: application/json' \\
  -d "{\\"app_id\\":\\"${appId}\\",\\"app_secret\\":\\"$APP_SECRET\\"}"`,
  }[language]
}
