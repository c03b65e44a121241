/**
 * Sentences that name a route of the product. The code that writes such a sentence does not know its reader: some readers sign
 * in, others have a key of the function host, and the two use different routes. A test compares these sentences, and every route
 * that any sentence names, with the routes that exist.
 */

/** The routes that lift an override. They need a person with the role Approver, or the master key where the app has no sign-in. */
export const liftBy = (override: 'pause' | 'do-not-heal', query: string): string =>
  `DELETE /api/${override}?${query} with the token of a person with the role Approver, or where nobody signs in DELETE /api/keyed/${override}?${query} with the master key`;

/**
 * The same route for a caller without a token: any function key opens it. The text is put behind the sentence that names the
 * route.
 */
export const byKey = (method: 'GET' | 'POST' | 'PUT', route: string): string =>
  `(with a function key instead of a token: ${method} /api/keyed/${route})`;
