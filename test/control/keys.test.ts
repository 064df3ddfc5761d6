import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

const options = { providers: ['mercury', 'mekari'] }

describe('signing keys', () => {
  it('are listed as they are shown, and rotated', async () => {
    const { control, url } = await serve(options)
    const shown = async () => (await (await fetch(`${url}/mercury/.well-known/jwks.json`)).json()).keys
    const [first] = await shown()
    const listed = await control('GET /keys?provider=mercury')
    expect(listed).toEqual({ status: 200, body: { provider: 'mercury', signing: [first.kid], keys: [first] } })
    await control('POST /keys/rotate', { provider: 'mercury' })
    const [second, ...older] = await shown()
    expect(older).toEqual([first])
    expect(second.kid).not.toBe(first.kid)
    const retired = await control('POST /keys/rotate', { provider: 'mercury', retire: true })
    const keys = await shown()
    expect(keys).toHaveLength(1)
    expect(retired).toEqual({ status: 200, body: { provider: 'mercury', signing: [keys[0].kid], keys } })
    await control('POST /reset')
    expect(await control('GET /keys?provider=mercury')).toEqual(listed)
  })

  it('are asked for by mistake', async () => {
    const { control } = await serve(options)
    const none = mistake(400, 'no_signing_keys', 'Mekari signs no ID tokens, so it has no keys.')
    expect(await control('GET /keys?provider=mekari')).toEqual(none)
    expect(await control('POST /keys/rotate', { provider: 'mekari' })).toEqual(none)
    expect(await control('GET /keys')).toMatchObject(mistake(404, 'unknown_provider', says('mercury')))
    expect(await control('GET /keys?provider=mercurial')).toMatchObject(mistake(404, 'unknown_provider'))
    expect(await control('POST /keys/rotate', { provider: 'mercury', retire: 'yes' })).toEqual(
      mistake(400, 'invalid_request', says('retire')),
    )
    expect(await control('POST /keys/rotate', { keep: true })).toEqual(mistake(400, 'invalid_request', says('keep')))
  })
})
