import { createMockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mistake, says, serve } from '../control/serve.ts'

async function made(options: Partial<MockOAuthOptions>) {
  const mock = await createMockOAuth({ providers: ['mekari'], ...options })
  onTestFinished(() => mock.close())
  const armed = () => mock.faults.list().map(({ id, text }) => `${id} ${text}`)
  const callApi = () => mock.handle({ method: 'GET', url: mock.provider().apiUrl, headers: {}, body: '' })
  return { mock, armed, callApi }
}

describe('faults that a mock is made with', () => {
  it('are armed at the start, and again after each reset', async () => {
    const { mock, armed, callApi } = await made({ faults: ['api drop', { on: 'token', kind: 'hang', nth: 2 }] })
    expect(armed()).toEqual(['f1 api drop', 'f2 token hang nth=2'])
    expect((await callApi()).delivery).toEqual({ drop: true })
    expect((await callApi()).delivery).toBeUndefined()
    mock.faults.arm('revoke drop')
    const { unfired } = await mock.reset()
    expect(unfired.map(({ id, text }) => `${id} ${text}`)).toEqual(['f2 token hang nth=2', 'f3 revoke drop'])
    expect(armed()).toEqual(['f1 api drop', 'f2 token hang nth=2'])
    expect((await callApi()).delivery).toEqual({ drop: true })
  })

  it('are refused with their place in the list', async () => {
    await expect(made({ faults: ['api drop', 'api drp'] })).rejects.toMatchObject({
      code: 'invalid_fault',
      message: expect.stringMatching(/^faults\.1: "api drp", at 5: /),
    })
    await expect(made({ faults: ['mercury/api drop'] })).rejects.toThrow('faults.0: provider is "mercury"')
  })

  it('change with the options; what was armed otherwise stays', async () => {
    const { mock, armed, callApi } = await made({ faults: ['api hold count=2'] })
    mock.faults.arm('token drop')
    const held = callApi()
    await mock.faults.gathered('f1')
    await mock.reconfigure({ providers: ['mekari'], consent: 'deny', faults: ['api hold count=2'] })
    expect(armed()).toEqual(['f1 api hold count=2', 'f2 token drop'])
    await mock.reconfigure({ providers: ['mekari'], faults: ['api close'] })
    expect(armed()).toEqual(['f2 token drop', 'f3 api close'])
    expect((await held).status).toBe(401)
    await expect(mock.reconfigure({ providers: ['mekari'], faults: ['api'] })).rejects.toThrow('faults.0')
    expect(armed()).toEqual(['f2 token drop', 'f3 api close'])
  })
})

describe('faults that never fired', () => {
  it('are known, but for those that are left to chance', async () => {
    const { mock, callApi } = await made({ faults: ['api drop', 'token drop', 'api close rate=0.000001'] })
    await callApi()
    expect(mock.faults.unfired()).toMatchObject([{ id: 'f2', seen: 0, fired: 0 }])
    expect(mock.worlds.unfired().forgotten).toBe(0)
    await mock.reset()
    expect(mock.worlds.unfired().forgotten).toBe(1)
    mock.faults.remove('f1')
    mock.faults.remove('f2')
    await mock.reset()
    expect(mock.worlds.unfired().forgotten).toBe(1)
  })
})

describe('the control API', () => {
  it('arms a fault by its line or by its parts, and not by both', async () => {
    const { control } = await serve()
    const whole = { id: 'f1', on: 'api', kind: 'drop', at: 'after', times: 2, text: 'api drop after times=2' }
    expect(await control('POST /faults', { fault: 'api drop after times=2' })).toEqual({
      status: 201,
      body: { ...whole, seen: 0, fired: 0 },
    })
    const { id: _, text: __, ...parts } = whole
    expect(await control('POST /faults', parts)).toMatchObject({ status: 201, body: { id: 'f2', kind: 'drop' } })
    const both = mistake(400, 'invalid_fault', says('on one line', 'by its parts', 'kind'))
    expect(await control('POST /faults', { fault: 'api drop', kind: 'drop' })).toEqual(both)
    expect(await control('POST /faults', { fault: 'api' })).toEqual(mistake(400, 'invalid_fault', says('at 4')))
    expect(await control('POST /faults', { fault: 3 })).toEqual(mistake(400, 'invalid_fault'))
    expect(await control('POST /faults', {})).toEqual(mistake(400, 'invalid_fault'))
    expect((await control('GET /faults')).body).toMatchObject([{ id: 'f1' }, { id: 'f2' }])
  })

  it('lets go what a hold holds, and nothing else', async () => {
    const { control } = await serve()
    await control('POST /faults', { fault: 'api hold count=2' })
    await control('POST /faults', { fault: 'api drop' })
    expect(await control('POST /faults/f1/release')).toEqual({ status: 200, body: { released: 0 } })
    expect(await control('POST /faults/f2/release')).toEqual(mistake(400, 'invalid_fault', says('f2', 'drop')))
    expect(await control('POST /faults/f9/release')).toEqual(mistake(404, 'unknown_fault', says('f1, f2')))
    expect(await control('DELETE /faults/f1')).toEqual({ status: 204, body: undefined })
    expect(await control('DELETE /faults/f1')).toEqual(mistake(404, 'unknown_fault', says('f2')))
  })
})
