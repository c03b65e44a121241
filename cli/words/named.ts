/** The field of a start's body for a name or id: a key by its identifier, a resource by its id, else a consumer by its name. */
export const named = (
  name: string,
): { readonly key: string } | { readonly resource: string } | { readonly consumer: string } => {
  if (name.startsWith('https://')) return { key: name };
  return name.startsWith('/') ? { resource: name } : { consumer: name };
};
