const codeOf = (error: unknown): string => {
  const { cause } = error as { readonly cause?: { readonly code?: string } };
  return cause?.code ? ` (${cause.code})` : '';
};

/** Nothing has answered at this address. */
export class Unreachable extends Error {
  constructor(address: string, error: unknown) {
    const host = address.replace(/^(https?:\/\/[^/]+).*/, '$1');
    super(`Nothing answers at ${host}${codeOf(error)}. Is the address right, and may this network reach it?`, {
      cause: error,
    });
    this.name = 'Unreachable';
  }
}
