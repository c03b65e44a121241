/** A token that is refused though it was issued so recently is refused for another reason than its age. */
const ANEW_AFTER_MS = 60_000;

/**
 * Several requests that are refused at once wait for one renewal, and those that are within a minute of it get what it gave: an app that
 * accepts no token at all would otherwise have one issued at each look of each open page. One that fails is tried again.
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
