/** What the pages for a device say, in one language. */
export interface DeviceWords {
  title: string
  enter: string
  hint: string
  failures: Readonly<Record<'user_code_unknown' | 'user_code_used', string>>
  /** Stands above the code on the consent page. */
  code: string
  compare: string
  approved: string
  denied: string
  goBack: string
}

/** In each language that the pages have. */
export const deviceWords: Readonly<Record<'en' | 'id', DeviceWords>> = {
  en: {
    title: 'Connect a device',
    enter: 'Code that the device shows',
    hint: 'Capital or small letters, with or without the dash.',
    failures: {
      user_code_unknown:
        'No device waits with this code. Compare it with the device, or let the device show a new one.',
      user_code_used: 'This code has been answered already. Let the device show a new one.',
    },
    code: 'Code on the device',
    compare:
      'Approve only if a device in front of you shows this code. If somebody else sent you the code or the link, deny.',
    approved: 'The device is connected',
    denied: 'The device was not connected',
    goBack: 'You can close this page and go back to your device.',
  },
  id: {
    title: 'Hubungkan perangkat',
    enter: 'Kode yang ditampilkan perangkat',
    hint: 'Huruf besar atau kecil, dengan atau tanpa tanda hubung.',
    failures: {
      user_code_unknown:
        'Tidak ada perangkat yang menunggu dengan kode ini. Bandingkan dengan perangkat, atau minta kode baru di sana.',
      user_code_used: 'Kode ini sudah dijawab. Minta kode baru di perangkat.',
    },
    code: 'Kode di perangkat',
    compare:
      'Setujui hanya jika perangkat di depan Anda menampilkan kode ini. Jika orang lain mengirim kode atau tautannya, tolak.',
    approved: 'Perangkat sudah terhubung',
    denied: 'Perangkat tidak dihubungkan',
    goBack: 'Anda dapat menutup halaman ini dan kembali ke perangkat.',
  },
}
