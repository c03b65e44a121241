/** Prints how long a part has taken, in real time. */
export const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  const result = await work();
  console.log(`== ${name}: ${Math.round((performance.now() - began) / 1_000)} s`);
  return result;
};
