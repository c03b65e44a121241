/** The code of an answer that has no shape that anybody has heard of: what was asked stays unknown. */
export const NOT_UNDERSTOOD = 'NotUnderstood';

/** What was made of an answer. Whatever goes wrong in it is no matter of a later try: throws an error of this code. */
export const understand = <Facts>(what: string, make: () => Facts): Facts => {
  try {
    return make();
  } catch (error) {
    const [why] = String(error).split('\n');
    throw Object.assign(
      new Error(`what Azure shows of ${what} could not be understood (${why}); read it with az resource show`, {
        cause: error,
      }),
      { code: NOT_UNDERSTOOD },
    );
  }
};
