/** What the pages say, in one language. */
export interface Words {
  /** For `<html lang>`. */
  language: Language
  mock: string
  playing: (provider: string) => string
  notReal: (provider: string) => string

  signIn: string
  signInTo: (provider: string) => string
  /** Stands before the application's name. */
  toContinueTo: string
  pickSomeone: string
  typeInstead: string
  email: string
  password: string
  everyonesPassword: string
  signInStale: string

  /** Stands after the application's name. */
  asksForAccess: (provider: string) => string
  account: string
  permissions: string
  approve: string
  deny: string
  useAnotherAccount: string

  refused: string
  code: string
  parameter: string
  came: string
  expected: string
  rule: string
  howToFix: string
  fullStory: string
  consentOver: string
  consentOverBecause: string
  startAgain: string
}

/** The languages that the pages have. */
export type Language = 'en' | 'id'

const en: Words = {
  language: 'en',
  mock: 'Mock',
  playing: (provider) => `mock-oauth is playing ${provider}.`,
  notReal: (provider) => `This is not the real ${provider}: never type a real password here.`,

  signIn: 'Sign in',
  signInTo: (provider) => `Sign in to ${provider}`,
  toContinueTo: 'to continue to',
  pickSomeone: 'Pick a test person',
  typeInstead: 'Or type e-mail and password',
  email: 'E-mail',
  password: 'Password',
  everyonesPassword: 'Everyone’s password is',
  signInStale: 'This form did not come from the page that this browser was shown last. Please try again.',

  asksForAccess: (provider) => `asks for access to your ${provider} account`,
  account: 'Account',
  permissions: 'It would get access to',
  approve: 'Approve',
  deny: 'Deny',
  useAnotherAccount: 'Use another account',

  refused: 'This request was refused',
  code: 'Error code',
  parameter: 'Parameter',
  came: 'Received',
  expected: 'Expected',
  rule: 'The rule',
  howToFix: 'How to fix it',
  fullStory: 'The full story:',
  consentOver: 'This page can no longer be answered',
  consentOverBecause:
    'It was answered before, was open for too long, or this browser has signed in anew since. Your click changed nothing.',
  startAgain: 'Start again',
}

const id: Words = {
  language: 'id',
  mock: 'Tiruan',
  playing: (provider) => `mock-oauth sedang berperan sebagai ${provider}.`,
  notReal: (provider) => `Ini bukan ${provider} yang asli: jangan pernah mengetik kata sandi asli di sini.`,

  signIn: 'Masuk',
  signInTo: (provider) => `Masuk ke ${provider}`,
  toContinueTo: 'untuk melanjutkan ke',
  pickSomeone: 'Pilih orang uji coba',
  typeInstead: 'Atau ketik email dan kata sandi',
  email: 'Email',
  password: 'Kata sandi',
  everyonesPassword: 'Kata sandi semua orang adalah',
  signInStale: 'Formulir ini bukan dari halaman yang terakhir ditampilkan di peramban ini. Silakan coba lagi.',

  asksForAccess: (provider) => `meminta akses ke akun ${provider} Anda`,
  account: 'Akun',
  permissions: 'Yang dapat diaksesnya',
  approve: 'Setujui',
  deny: 'Tolak',
  useAnotherAccount: 'Gunakan akun lain',

  refused: 'Permintaan ini ditolak',
  code: 'Kode kesalahan',
  parameter: 'Parameter',
  came: 'Diterima',
  expected: 'Diharapkan',
  rule: 'Aturannya',
  howToFix: 'Cara memperbaikinya',
  fullStory: 'Selengkapnya:',
  consentOver: 'Halaman ini tidak dapat dijawab lagi',
  consentOverBecause:
    'Halaman ini sudah dijawab, terbuka terlalu lama, atau peramban ini sudah masuk kembali setelahnya. Klik Anda tidak mengubah apa pun.',
  startAgain: 'Mulai lagi',
}

const languages: Readonly<Record<string, Words>> = { en, id }

/** The words of a language; English for one that the pages do not have. */
export const wordsIn = (language: string | undefined): Words => (language && languages[language]) || en
