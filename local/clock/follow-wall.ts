/** Real ms between two steps. */
const STEP = 100;

/** Advances by the real time that has passed, times `rate`, until it is stopped. Returns the function that stops it. */
export function followWall(advance: (ms: number) => Promise<unknown>, rate: number, closed: AbortSignal): () => void {
  const stopping = new AbortController();
  const follow = async (): Promise<void> => {
    for (let last = performance.now(); ; ) {
      await new Promise((resolve) => setTimeout(resolve, STEP).unref());
      if (stopping.signal.aborted || closed.aborted) return;
      const ms = Math.floor((performance.now() - last) * rate);
      last += ms / rate;
      await advance(ms);
    }
  };
  void follow();
  return () => stopping.abort();
}
