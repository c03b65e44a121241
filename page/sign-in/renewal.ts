/** A refused token that was issued less than this ago was refused for another reason than its age. */
const ANEW_AFTER_MS = 60_000;

/**
 * Requests that are refused at the same time wait for one renewal, and requests within a minute after it get its result:
 * otherwise an app that accepts no token would cause a renewal at each look of each open page. A failed renewal is tried again.
 */
export const inOne = <Proof>(renew: () => Promise<Proof>): (() => Promise<Proof>) => {
  let given: Promise<Proof> | undefined;
  let anewAt = Number.POSITIVE_INFINITY;
  const begin = async (): Promise<Proof> => {
    anewAt = Number.POSITIVE_INFINITY;
    try {
      const proof = await renew();
      anewAt = Date.now() + ANEW_AFTER_MS;
      return proof;
    } catch (error) {
      given = undefined;
      throw error;
    }
  };
  return () => {
    if (Date.now() >= anewAt) given = undefined;
    given ??= begin();
    return given;
  };
};
