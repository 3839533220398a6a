export interface Middleware<E> { readonly kind: "middleware"; readonly name: string; readonly "~types"?: { problems: E } }
