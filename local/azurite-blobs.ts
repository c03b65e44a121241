/**
 * LokiJS narrows by an index for the first property of a query alone, and looks at each row that is left. Azurite asks for a blob by its
 * account first, which all blobs have in common: each of a hundred thousand was looked for among all.
 */

/** A collection of LokiJS: what is asked of it, and replaced, here. */
export type Sought = { findOne(query: object): unknown };

const isName = ([column]: readonly [string, unknown]): boolean => column === 'name' || column === 'blobName';

/** The name first, if the query has one: the result is the same, since a row must have all of it. */
const byNameFirst = (query: object): object =>
  Object.fromEntries(Object.entries(query).toSorted((one, other) => Number(isName(other)) - Number(isName(one))));

/** Has these collections look for one row by its name first. */
export const seekByName = (collections: Sought): void => {
  const { findOne } = collections;
  collections.findOne = function (query) {
    return findOne.call(this, byNameFirst(query));
  };
};
