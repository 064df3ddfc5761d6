import { defineConfig } from 'mock-oauth/config'

export default defineConfig({ providers: ['mekari'], port: 0 })
// @ts-expect-error a port is a number
defineConfig({ port: '4420' })
