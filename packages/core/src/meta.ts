export interface MetaEntry<T = unknown> { readonly kind: "meta"; readonly key: string; readonly value: T }
