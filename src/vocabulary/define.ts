import type { ProviderDefinition } from './definition.ts'
import type { Known } from './evidence.ts'

/** Declares a provider. The compiler checks it against the vocabulary, key by key; the value is returned as it is. */
export const defineProvider = <const D extends ProviderDefinition>(definition: D & Spelled<D, ProviderDefinition>): D =>
  definition

/**
 * Asks the impossible of each key that the vocabulary lacks: a type parameter alone lets misspelt keys pass. A value that
 * carries its evidence is refused as a whole, since the compiler points into no call.
 */
type Spelled<D, Vocabulary> =
  D extends Known<infer Value>
    ? [Foreign<Value, Vocabulary>] extends [never]
      ? unknown
      : NotInTheVocabulary<Foreign<Value, Vocabulary>>
    : IsWritten<D, Vocabulary> extends true
      ? D extends readonly unknown[]
        ? { readonly [I in keyof D]: Spelled<D[I], Item<Vocabulary>> }
        : {
            readonly [K in keyof D]: K extends Key<Vocabulary>
              ? Spelled<D[K], At<Vocabulary, K>>
              : NotInTheVocabulary<K>
          }
      : unknown

/** Every key within a value that the vocabulary lacks. */
type Foreign<D, Vocabulary> =
  D extends Known<infer Value>
    ? Foreign<Value, Vocabulary>
    : IsWritten<D, Vocabulary> extends true
      ? D extends readonly (infer Part)[]
        ? Foreign<Part, Item<Vocabulary>>
        : { [K in keyof D]-?: K extends Key<Vocabulary> ? Foreign<D[K], At<Vocabulary, K>> : K }[keyof D]
      : never

declare const foreign: unique symbol
/** What no value is: the name says why, and the compiler prints it. */
interface NotInTheVocabulary<Key> {
  readonly [foreign]: Key
}

/**
 * True for an object or list that is written out. Others were declared as one of the vocabulary's own types, such as an
 * error table, and have been checked there, or may hold any key.
 */
type IsWritten<D, Vocabulary> = D extends object
  ? D extends (...args: never[]) => unknown
    ? false
    : D extends readonly unknown[]
      ? Not<number extends D['length'] ? true : false>
      : Not<string extends keyof D ? true : [Bare<Vocabulary>] extends [D] ? true : false>
  : false

type Not<B extends boolean> = B extends true ? false : true
type Bare<V> = V extends Known<infer Value> ? Bare<Value> : V
type Item<V> = Bare<V> extends infer B ? (B extends readonly (infer Part)[] ? Part : never) : never
type Key<V> =
  Bare<V> extends infer B ? (B extends readonly unknown[] ? never : B extends object ? keyof B : never) : never
type At<V, K> = Bare<V> extends infer B ? (K extends keyof B ? B[K] : never) : never
