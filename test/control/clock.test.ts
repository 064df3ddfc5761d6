import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

describe('the clock', () => {
  it('is set, advanced, stopped and released', async () => {
    const { control } = await serve()
    expect(await control('GET /clock')).toMatchObject({ status: 200, body: { frozen: false } })
    const call = { set: '2026-01-31T12:00:00Z', advance: '61m', freeze: true }
    const stopped = { status: 200, body: { now: '2026-01-31T13:01:00.000Z', frozen: true } }
    expect(await control('POST /clock', call)).toEqual(stopped)
    expect(await control('GET /clock')).toEqual(stopped)
    expect(await control('POST /clock', { advance: 'PT1H' })).toMatchObject({
      body: { now: '2026-01-31T14:01:00.000Z' },
    })
    expect(await control('POST /clock', { freeze: false })).toMatchObject({ body: { frozen: false } })
  })

  it.each<[object, string, string]>([
    [{ advance: '61' }, 'invalid_duration', '61'],
    [{ advance: '-1h' }, 'invalid_duration', '-1h'],
    [{ advance: '99999999999d' }, 'invalid_duration', 'hundred years'],
    [{ set: 'tomorrow' }, 'invalid_time', 'tomorrow'],
    [{ set: '2026-13-01' }, 'invalid_time', '2026-13-01'],
    [{ set: '2026-02-30' }, 'invalid_time', '2026-02-30'],
    [{ set: '1960-01-01' }, 'invalid_time', '1970'],
    [{ freeze: 'yes' }, 'invalid_request', 'freeze must be boolean'],
    [{ back: '1h' }, 'invalid_request', 'back'],
  ])('names what it cannot do: %j', async (input, code, word) => {
    const { control } = await serve()
    const before = await control('POST /clock', { freeze: true })
    expect(await control('POST /clock', input)).toEqual(mistake(400, code, says(word)))
    expect(await control('GET /clock')).toEqual(before)
  })
})
