/** The code of an answer with an unknown shape: the requested facts stay unknown. */
export const NOT_UNDERSTOOD = 'NotUnderstood';

/** Converts an answer into facts. A later try cannot cure a failure here, so any error is thrown with this code. */
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
