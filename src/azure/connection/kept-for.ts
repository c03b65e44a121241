import type { Fact } from '../../remediation/model/facts.ts';

/**
 * Keeps the result of `read` by name for this many milliseconds; calls at the same time share one read. A failure or an
 * unknown fact is not kept, so that a person who mends the cause need not wait.
 */
export const keptFor = <T>(
  ms: number,
  read: (name: string) => Promise<Fact<T>>,
): ((name: string) => Promise<Fact<T>>) => {
  const kept = new Map<string, { readonly at: number; readonly fact: Promise<Fact<T>> }>();
  const readAnew = async (name: string): Promise<Fact<T>> => {
    try {
      const fact = await read(name);
      if (fact.kind === 'unknown') kept.delete(name);
      return fact;
    } catch (error) {
      kept.delete(name);
      throw error;
    }
  };
  return (name) => {
    const known = kept.get(name);
    if (known && Date.now() - known.at < ms) return known.fact;
    const fact = readAnew(name);
    kept.set(name, { at: Date.now(), fact });
    return fact;
  };
};
