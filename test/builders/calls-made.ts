import { Session } from 'node:inspector';

type Coverage = {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
};

/**
 * The number of calls of the product's functions during some work, as the engine counts them: the same on every machine; a
 * callback of a loop counts once for each item.
 */
export const callsMade = (work: () => unknown): number => {
  const session = new Session();
  session.connect();
  const post = (method: string, params: object = {}): unknown => {
    let answer: unknown;
    session.post(method, params, (error, result) => {
      if (error) throw error;
      answer = result;
    });
    return answer;
  };
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  post('Profiler.takePreciseCoverage');
  work();
  const { result } = post('Profiler.takePreciseCoverage') as Coverage;
  post('Profiler.stopPreciseCoverage');
  session.disconnect();
  return result
    .filter(({ url }) => url.includes('/src/'))
    .flatMap(({ functions }) => functions)
    .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
};
