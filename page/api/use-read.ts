import { useCallback } from 'react';
import type { Reader } from './readers.ts';
import { type Loaded, useLoaded } from './use-loaded.ts';
import { useWho } from './who.tsx';

/** Reads a value with the rights of the signed-in person. `read`: the same function each time, or made by `useMemo`. */
export const useRead = <Value>(
  read: Reader<Value>,
  every?: number | ((value: Value | undefined) => number),
): Loaded<Value> => {
  const { guardian } = useWho();
  return useLoaded(
    useCallback((signal: AbortSignal) => read(guardian, signal), [read, guardian]),
    every,
  );
};
