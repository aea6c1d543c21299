/** The page's only script. It sends what is pressed to the control API and keeps `<main>` up to date. */
export const script = `
const main = document.querySelector('main')
const toast = document.querySelector('#toast')
let hide
function say(text, kind) {
  toast.textContent = text
  toast.className = 'shown ' + kind
  clearTimeout(hide)
  hide = setTimeout(() => { toast.className = '' }, 4000)
}
async function send(path, body) {
  const response = await fetch('/_control/' + path, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.msg || 'HTTP ' + response.status)
  return answer
}
function afterClick({ outcome, answer, card }) {
  if (outcome && !outcome.ok) return say('客户端报错 ' + outcome.clientCode + '：' + outcome.detail, 'error')
  const shown = answer && answer.toast
  say((shown ? shown.content : '没有提示') + '（' + (outcome ? outcome.ms : 0) + ' 毫秒' + (card === 'expired' ? '，卡片已超过 14 天' : '') + '）', shown ? shown.type : 'info')
}
async function press(button) {
  if (button.dataset.ask && !confirm(button.dataset.ask)) return
  const body = JSON.parse(button.dataset.body)
  if (button.dataset.as) body[button.dataset.as] = document.querySelector('#person').value
  await act(button, async () => {
    const answer = await send(button.dataset.post, body)
    if (button.dataset.post === 'click') afterClick(answer)
    else say(button.dataset.done, 'success')
  })
}
async function act(button, work) {
  button.disabled = true
  try { await work() } catch (error) { say(error.message, 'error') }
  button.disabled = false
  await refresh()
}
async function refresh() {
  try {
    const response = await fetch('?live=1')
    const text = await response.text()
    const open = [...main.querySelectorAll('details[open]')].map((one) => one.dataset.key)
    main.innerHTML = text
    for (const one of main.querySelectorAll('details')) one.open = open.includes(one.dataset.key)
    document.body.classList.remove('lost')
  } catch { document.body.classList.add('lost') }
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('button')
  if (!button) return
  if (button.dataset.post) return press(button)
  if (button.id === 'claim') {
    const latest = [...main.querySelectorAll('button[data-label="认领"]')]
      .map((one) => ({ one, at: one.closest('.message').dataset.at }))
      .sort((a, b) => b.at - a.at)[0]
    return latest ? press(latest.one) : say('没有可认领的卡片，先下一单', 'warning')
  }
  if (button.id === 'fault-on') {
    const chosen = document.querySelector('#fault')
    return act(button, async () => {
      await send('faults', JSON.parse(chosen.value))
      say('已注入：' + chosen.selectedOptions[0].textContent, 'warning')
    })
  }
})
document.querySelector('#speed').addEventListener('change', (event) =>
  act(event.target, async () => {
    await send('settings', { ordersPerMinute: Number(event.target.value) })
    say('来单速度已调整', 'success')
  }))
setInterval(() => { if (!document.hidden) refresh() }, 2000)
`
