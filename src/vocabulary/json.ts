/** What JSON can hold; an object's key order is the order on the wire. `undefined` members are left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }
