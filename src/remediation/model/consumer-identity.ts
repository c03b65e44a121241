/** The identity with which a consumer uses its key. `id`: ARM id of a user-assigned identity, lower-cased. */
export type ConsumerIdentity = { readonly kind: 'system' } | { readonly kind: 'user'; readonly id: string };
