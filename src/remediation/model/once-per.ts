/** Remembers the result of a pure function for each object that it was given. The object must never change. */
export const oncePer = <Subject extends object, Result>(
  workOut: (subject: Subject) => Result,
): ((subject: Subject) => Result) => {
  const known = new WeakMap<Subject, { readonly result: Result }>();
  return (subject) => {
    const before = known.get(subject);
    if (before) return before.result;
    const result = workOut(subject);
    known.set(subject, { result });
    return result;
  };
};
