import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokenError } from '../mekari/answers.ts'
import { type Integration, openMekari, scope } from '../mekari/client.ts'

const tokenUrl = 'https://account.mekari.com/auth/oauth2/token'
const form = 'application/x-www-form-urlencoded'
const unreadable = tokenError(400, 'invalid_request', 'The body cannot be read as its content type says')
const unsupported = tokenError(400, 'invalid_request', 'The content type of the body is not supported')
const missing = (name: string) => tokenError(400, 'invalid_request', `The parameter ${name} is missing`)
const tooLarge = tokenError(413, 'invalid_request', 'The body is too large')

async function fieldsOf({ clientId, clientSecret = '', code }: Integration): Promise<Record<string, string>> {
  const pair = { client_id: clientId, client_secret: clientSecret }
  return { ...pair, grant_type: 'authorization_code', code: await code(), scope }
}
const post = ({ request }: Integration, body: string, headers: Record<string, string>, url = tokenUrl) =>
  request(url, { method: 'POST', headers, body })

/** What a token request's body may look like. */
export const bodiesSuite = (door: Door) =>
  describe('a body', () => {
    it.each([
      'application/json',
      'application/json; charset=utf-8',
      'application/json;charset="UTF-8"',
      'application/json; charset=us-ascii; profile=x',
      'Application/JSON ; Charset=UTF8',
      form,
      `${form}; charset=utf-8`,
      `${form.toUpperCase()};charset=UTF-8`,
    ])('is read as %s', async (type) => {
      const program = await openMekari(door)
      const fields = await fieldsOf(program)
      const body = /json/i.test(type) ? JSON.stringify(fields) : new URLSearchParams(fields).toString()
      expect((await post(program, body, { 'content-type': type })).status).toBe(200)
    })

    it.each([
      'text/plain',
      'text/json',
      'application/jsonx',
      'application/xml',
      'multipart/form-data; boundary=x',
      'x',
      ';',
    ])('is not read as %s', async (type) => {
      const program = await openMekari(door)
      const body = JSON.stringify(await fieldsOf(program))
      expect(await post(program, body, { 'content-type': type })).toEqual(unsupported)
    })

    it('is not read without a content type', async () => {
      const program = await openMekari(door)
      expect(await post(program, JSON.stringify(await fieldsOf(program)), {})).toEqual(unsupported)
    })

    it.each(['utf-16', 'iso-8859-1', 'utf-7'])('is not read in the charset %s', async (charset) => {
      const program = await openMekari(door)
      const fields = await fieldsOf(program)
      const json = { 'content-type': `application/json; charset=${charset}` }
      expect(await post(program, JSON.stringify(fields), json)).toEqual(unreadable)
      const asForm = { 'content-type': `${form};charset="${charset}"` }
      expect(await post(program, new URLSearchParams(fields).toString(), asForm)).toEqual(unreadable)
    })

    it.each(['gzip', 'br', 'deflate, gzip'])('is not read when it is encoded as %s', async (encoding) => {
      const program = await openMekari(door)
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
      expect(await post(program, JSON.stringify(await fieldsOf(program)), headers)).toEqual(unsupported)
    })

    it.each(['{', 'null', '[]', '"x"', '1', 'grant_type=authorization_code', '{"a":1}x'])(
      'that says JSON and is %s is refused',
      async (body) => {
        expect(await post(await openMekari(door), body, { 'content-type': 'application/json' })).toEqual(unreadable)
      },
    )

    it('of JSON holds strings; numbers and truth values are read as their text', async () => {
      const program = await (await openMekari(door)).with({ id: '12345', secret: 'true' })
      const fields = await fieldsOf(program)
      const wrong = tokenError(400, 'invalid_request', 'The parameter code must be a string')
      for (const code of [{ value: fields.code }, [fields.code], []]) {
        expect(await program.token({ ...fields, code })).toEqual(wrong)
      }
      expect((await program.token({ ...fields, client_id: 12345, client_secret: true })).status).toBe(200)
    })

    it('of JSON names nothing by inheritance', async () => {
      const program = await openMekari(door)
      const body = `{"__proto__": {"grant_type": "authorization_code"}}`
      expect(await post(program, body, { 'content-type': 'application/json' })).toEqual(
        tokenError(400, 'invalid_request', 'The parameter __proto__ must be a string'),
      )
    })

    it('that is empty has no parameters', async () => {
      const program = await openMekari(door)
      expect(await post(program, '', {})).toEqual(missing('grant_type'))
      expect(await post(program, '', { 'content-type': 'application/json' })).toEqual(missing('grant_type'))
      expect(await post(program, '{}', { 'content-type': 'application/json' })).toEqual(missing('grant_type'))
    })

    it('with an empty value lacks the parameter', async () => {
      const program = await openMekari(door)
      const fields = await fieldsOf(program)
      for (const name of ['grant_type', 'code', 'scope']) {
        const body = new URLSearchParams({ ...fields, [name]: '' }).toString()
        expect(await post(program, body, { 'content-type': form })).toEqual(missing(name))
        expect(await program.token({ ...fields, [name]: null })).toEqual(missing(name))
      }
    })

    it.each(['grant_type', 'client_id', 'client_secret', 'code', 'scope'])('with two %s is refused', async (name) => {
      const program = await openMekari(door)
      const fields = await fieldsOf(program)
      const once = new URLSearchParams(fields).toString()
      const twice = tokenError(400, 'invalid_request', `The parameter ${name} is sent more than once`)
      for (const second of [fields[name] ?? '', 'other']) {
        const body = `${once}&${new URLSearchParams({ [name]: second })}`
        expect(await post(program, body, { 'content-type': form })).toEqual(twice)
      }
      expect((await post(program, `${once}&x=1&x=2&${name}=`, { 'content-type': form })).status).toBe(200)
    })

    it('is where parameters are: those in the query do not count', async () => {
      const program = await openMekari(door)
      const fields = await fieldsOf(program)
      const url = `${tokenUrl}?${new URLSearchParams(fields)}`
      expect(await post(program, '', {}, url)).toEqual(missing('grant_type'))
      const { code: _, ...rest } = fields
      expect(await post(program, JSON.stringify(rest), { 'content-type': 'application/json' }, url)).toEqual(
        missing('code'),
      )
      expect(
        (await post(program, JSON.stringify(fields), { 'content-type': 'application/json' }, `${tokenUrl}?code=x`))
          .status,
      ).toBe(200)
    })

    it('is at most 1,000,000 bytes', async () => {
      const program = await openMekari(door)
      const fields = await fieldsOf(program)
      const padded = (bytes: number, filling: string) => {
        const bare = Buffer.byteLength(JSON.stringify({ ...fields, padding: '' }))
        const width = Buffer.byteLength(filling)
        const even = (bytes - bare) % width
        const padding = filling.repeat((bytes - bare - even) / width) + 'x'.repeat(even)
        return JSON.stringify({ ...fields, padding })
      }
      for (const filling of ['x', 'é', '€', '😀']) {
        const over = padded(1_000_001, filling)
        expect(Buffer.byteLength(over)).toBe(1_000_001)
        expect(await post(program, over, { 'content-type': 'application/json' })).toEqual(tooLarge)
        const url = 'https://account.mekari.com/auth'
        expect((await post(program, over, { 'content-type': form }, url)).status).toBe(413)
      }
      const just = padded(1_000_000, '€')
      expect(Buffer.byteLength(just)).toBe(1_000_000)
      expect((await post(program, just, { 'content-type': 'application/json' })).status).toBe(200)
    })
  })
