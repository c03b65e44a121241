type Kept = { readonly result: unknown };

/**
 * What was worked out of each object, by the number of the function. One weak entry for each object: the garbage
 * collector takes long for each, and a sweep has thousands of observations, of which a dozen functions each keep a result.
 */
const keptOf = new WeakMap<object, (Kept | undefined)[]>();
let functions = 0;

const openOn = (subject: object): (Kept | undefined)[] => {
  const known = keptOf.get(subject);
  if (known) return known;
  const kept = new Array<Kept | undefined>(functions);
  keptOf.set(subject, kept);
  return kept;
};

/** Remembers the result of a pure function for each object that it was given. The object must never change. */
export const oncePer = <Subject extends object, Result>(
  workOut: (subject: Subject) => Result,
): ((subject: Subject) => Result) => {
  const number = functions;
  functions += 1;
  return (subject) => {
    const kept = openOn(subject);
    const before = kept[number];
    if (before) return before.result as Result;
    const result = workOut(subject);
    kept[number] = { result };
    return result;
  };
};
