import { useCallback, useEffect, useRef, useState } from 'react';

/** A value of the server: the value of the last successful read stays, with its age, where a later read failed. */
export type Loaded<Value> = {
  readonly value?: Value;
  /** The time of the last successful read, by this machine's clock. */
  readonly at?: number;
  readonly error?: Error;
  readonly isLoading: boolean;
  readonly again: () => void;
};

type State<Value> = Omit<Loaded<Value>, 'again'>;

/**
 * Reads a value when its view appears, and again every so many seconds while the tab is visible. `load`: made by `useCallback`; a
 * new `load` is called at once.
 */
export const useLoaded = <Value>(
  load: (signal: AbortSignal) => Promise<Value>,
  every?: number | ((value: Value | undefined) => number),
): Loaded<Value> => {
  const [state, setState] = useState<State<Value>>({ isLoading: true });
  const [turn, setTurn] = useState(0);
  const loadedBy = useRef<typeof load>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn has it read again
  useEffect(() => {
    const stop = new AbortController();
    if (loadedBy.current !== load) setState({ isLoading: true });
    else setState((before) => ({ ...before, isLoading: true }));
    loadedBy.current = load;
    load(stop.signal).then(
      (value) => stop.signal.aborted || setState({ value, at: Date.now(), isLoading: false }),
      (error: Error) => stop.signal.aborted || setState((before) => ({ ...before, error, isLoading: false })),
    );
    return () => stop.abort();
  }, [load, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const seconds = typeof every === 'function' ? every(state.value) : every;
  useRepeated(again, seconds, state);
  return { ...state, again };
};

/** Calls so many seconds after the last read, and at once when the tab becomes visible again later than that. */
const useRepeated = (again: () => void, seconds: number | undefined, { isLoading, at }: State<unknown>): void => {
  useEffect(() => {
    if (seconds === undefined || isLoading) return;
    const look = () => document.visibilityState === 'visible' && again();
    const waiting = setTimeout(look, seconds * 1_000);
    const seen = () => {
      if (Date.now() - (at ?? 0) >= seconds * 1_000) look();
    };
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(waiting);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [again, seconds, isLoading, at]);
};
