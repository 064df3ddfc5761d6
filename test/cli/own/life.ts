import { minutes } from 'mock-oauth/define'

export const codeLife = minutes(5)
