import { type DeviceWords, deviceWords } from './device-words.ts'

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

  noAccount: string
  haveAccount: string
  signUp: string
  signUpAt: (provider: string) => string
  name: string
  company: string
  madeUpWillDo: string
  accountFaults: Readonly<Record<'email_malformed' | 'email_taken' | 'field_wrong', string>>

  connectedSince: string
  /** Stands before a name. */
  disconnect: string
  nothingConnected: string
  pageOver: string
  whichApplication: string
  clientId: string
  clientSecret: string
  showConnected: string
  ownerUnproved: string
  useAnotherApplication: string

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
  backToApplication: string
  goOn: string

  signOut: string
  signOutOf: (provider: string) => string
  /** Stands after the application's name. */
  asksToSignOut: string
  signedOut: string
  stillConnected: string

  consentOver: string
  consentOverBecause: string
  startAgain: string

  device: DeviceWords
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

  noAccount: 'No account yet? Create one',
  haveAccount: 'Sign in with an account that exists',
  signUp: 'Create the account',
  signUpAt: (provider) => `Create a ${provider} account`,
  name: 'Name',
  company: 'Company',
  madeUpWillDo: 'Anything made up will do.',
  accountFaults: {
    email_malformed: 'This is not an e-mail address.',
    email_taken: 'This e-mail address has an account already.',
    field_wrong: 'Name, company and password take 1 to 200 characters.',
  },

  connectedSince: 'Connected since',
  disconnect: 'Disconnect',
  nothingConnected: 'Nothing is connected.',
  pageOver: 'That page was answered before or was open for too long. Your click changed nothing.',
  whichApplication: 'Which application is yours?',
  clientId: 'Client id',
  clientSecret: 'Client secret',
  showConnected: 'Show what is connected',
  ownerUnproved: 'Client id and secret do not belong together.',
  useAnotherApplication: 'Use another application',

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
  backToApplication: 'Back to the application',
  goOn: 'Go on',

  signOut: 'Sign out',
  signOutOf: (provider) => `Sign out of ${provider}?`,
  asksToSignOut: 'asks to sign you out.',
  signedOut: 'You are signed out',
  stillConnected: 'Applications that you have connected stay connected.',

  consentOver: 'This page can no longer be answered',
  consentOverBecause:
    'It was answered before, was open for too long, or this browser has signed in anew since. Your click changed nothing.',
  startAgain: 'Start again',

  device: deviceWords.en,
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

  noAccount: 'Belum punya akun? Buat akun',
  haveAccount: 'Masuk dengan akun yang sudah ada',
  signUp: 'Buat akun',
  signUpAt: (provider) => `Buat akun ${provider}`,
  name: 'Nama',
  company: 'Perusahaan',
  madeUpWillDo: 'Isian karangan pun boleh.',
  accountFaults: {
    email_malformed: 'Ini bukan alamat email.',
    email_taken: 'Alamat email ini sudah punya akun.',
    field_wrong: 'Nama, perusahaan, dan kata sandi berisi 1 sampai 200 karakter.',
  },

  connectedSince: 'Terhubung sejak',
  disconnect: 'Putuskan',
  nothingConnected: 'Tidak ada yang terhubung.',
  pageOver: 'Halaman itu sudah dijawab atau terbuka terlalu lama. Klik Anda tidak mengubah apa pun.',
  whichApplication: 'Aplikasi mana milik Anda?',
  clientId: 'Client id',
  clientSecret: 'Client secret',
  showConnected: 'Tampilkan yang terhubung',
  ownerUnproved: 'Client id dan secret tidak cocok.',
  useAnotherApplication: 'Gunakan aplikasi lain',

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
  backToApplication: 'Kembali ke aplikasi',
  goOn: 'Lanjutkan',

  signOut: 'Keluar',
  signOutOf: (provider) => `Keluar dari ${provider}?`,
  asksToSignOut: 'meminta Anda keluar.',
  signedOut: 'Anda sudah keluar',
  stillConnected: 'Aplikasi yang sudah Anda hubungkan tetap terhubung.',

  consentOver: 'Halaman ini tidak dapat dijawab lagi',
  consentOverBecause:
    'Halaman ini sudah dijawab, terbuka terlalu lama, atau peramban ini sudah masuk kembali setelahnya. Klik Anda tidak mengubah apa pun.',
  startAgain: 'Mulai lagi',

  device: deviceWords.id,
}

const languages: Readonly<Record<string, Words>> = { en, id }

/** The words of a language; English for one that the pages do not have. */
export const wordsIn = (language: string | undefined): Words => (language && languages[language]) || en
