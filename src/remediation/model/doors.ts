/**
 * How a sentence names a door of the product. Who reads it is not known where it is made: one signs in, another holds a key of the host,
 * and each is let in at a place of their own. A test holds what is said here, and every door that any sentence names, to the routes.
 */

/** The doors that lift an order, which a person with the role Approver opens, and the master key alone where nobody signs in. */
export const liftBy = (order: 'pause' | 'do-not-heal', query: string): string =>
  `DELETE /api/${order}?${query} with the token of a person with the role Approver, or where nobody signs in DELETE /api/keyed/${order}?${query} with the master key`;

/** Where a door that any function key opens is for who has no token: said behind the sentence that names it. */
export const byKey = (method: 'GET' | 'POST' | 'PUT', route: string): string =>
  `(with a function key instead of a token: ${method} /api/keyed/${route})`;
