import { run } from '../cli/command.ts'
import { harmless } from './canary.ts'
import type { Terminal } from './served.ts'

/** What was shown, by where. */
export type Shown = Map<string, string>

/** What these routes are for is to hand credentials out. */
export const handsOut = /^GET \/(clients|users|providers|applications)/

/** What each `:id` can be. */
async function idsOf({ control }: Terminal): Promise<Record<string, string[]>> {
  const of = async (list: string) => (await control<{ id: string }[]>(`GET /${list}`)).map(({ id }) => id)
  return {
    '/providers/{id}': ['mekari', 'standard'],
    '/clients/{id}': [harmless],
    '/applications/{id}': await of('applications'),
    '/users/{id}': await of('users'),
    '/grants/{id}': await of('grants'),
    '/webhooks/{id}/explain': await of('webhooks'),
    '/requests/{id}/explain': await of('requests'),
  }
}

/** Every GET of the control API, as its own description lists them; of a path with an id, each one that there is. */
export async function controlSurfaces(terminal: Terminal): Promise<Shown> {
  const { url, control } = terminal
  const { paths } = await control<{ paths: Record<string, { get?: object }> }>('GET /openapi.json')
  const ids = await idsOf(terminal)
  const shown: Shown = new Map()
  for (const [whole, { get }] of Object.entries(paths)) {
    const path = whole.replace('/_mock', '')
    if (!get || path === '/events') continue
    if (path.includes('{') && !ids[path]) throw new Error(`No id is known for ${path}: say here what it can be`)
    // A GET that shows the state itself, to be put back, is no view of it.
    if (path === '/snapshot') continue
    const provider = path === '/clients/{id}' || path === '/keys' ? '?provider=standard' : ''
    const read = async (id: string) =>
      (await fetch(`${url}/_mock${path.replace('{id}', encodeURIComponent(id))}${provider}`)).text()
    const texts = await Promise.all((ids[path] ?? ['']).map(read))
    shown.set(`GET ${path}`, texts.join('\n'))
  }
  return shown
}

/** The events that are kept, up to the last request. */
export async function eventsOf({ url, control }: Terminal): Promise<string> {
  const last = (await control<{ id: string }[]>('GET /requests')).at(-1)?.id ?? ''
  const stop = new AbortController()
  const answer = await fetch(`${url}/_mock/events?since=0`, { signal: stop.signal })
  let text = ''
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (text.includes(`"id":"${last}"`) && text.endsWith('\n\n')) break
  }
  stop.abort()
  return text
}

/** What the commands print that look at a server. */
export async function commandSurfaces({ url, control }: Terminal): Promise<Shown> {
  const [grant] = (await control<{ id: string; clientId: string; type: string }[]>('GET /grants')).filter(
    ({ clientId, type }) => clientId === harmless && type === 'authorization_code',
  )
  const commands = [
    ['requests'],
    ['requests', '--json'],
    ['explain'],
    ['explain', '--last', '--json'],
    ['grants', '--json'],
    ['grants', grant?.id ?? ''],
    ['grants', grant?.id ?? '', '--json'],
    ['webhook', 'list', '--json'],
    ['fault', 'list', '--json'],
  ]
  const shown: Shown = new Map()
  for (const command of commands) {
    const { stdout, stderr } = await run(command, { MOCK_OAUTH_URL: url })
    shown.set(command.map((word) => (word === grant?.id ? '<grant>' : word)).join(' '), stdout + stderr)
  }
  return shown
}
