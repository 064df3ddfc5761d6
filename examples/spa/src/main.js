// #start
// In production nothing of this is left: neither the mock nor the line that loads it.
if (import.meta.env.MODE !== 'production') await (await import('./mock.js')).startMock()
// #end

const { finishLogin, loginUrl, logOut, refresh, tokens, whoAmI } = await import('./mekari.js')
const element = (id) => document.getElementById(id)

function show(status) {
  element('status').textContent = status
  element('connect').hidden = tokens() !== null
  element('connected').hidden = tokens() === null
}

/** Does it, and says what came of it. */
async function act(done, action) {
  try {
    const said = await action()
    show(said ?? done)
  } catch (error) {
    show(`Failed: ${error.error ?? error.cause?.error ?? error.message}`)
  }
}

const finish = (callback) => act('Connected', () => finishLogin(callback))

element('log-in').onclick = async () => location.assign(await loginUrl())
element('log-in-popup').onclick = async () => {
  const popup = window.open(await loginUrl(), 'login', 'popup,width=560,height=760')
  window.addEventListener('message', function hear({ origin, source, data }) {
    if (origin !== location.origin || source !== popup) return
    window.removeEventListener('message', hear)
    finish(data)
  })
}
element('call').onclick = () => act('', async () => `You are ${(await whoAmI()).full_name}`)
element('refresh').onclick = () => act('Refreshed', refresh)
element('log-out').onclick = () => act('Disconnected', logOut)

if (location.pathname !== '/callback') show(tokens() ? 'Connected' : 'Not connected')
else if (window.opener) {
  // In the popup: whoever opened it exchanges the code.
  window.opener.postMessage(location.href, location.origin)
  window.close()
} else {
  const callback = location.href
  history.replaceState(null, '', '/')
  await finish(callback)
}
