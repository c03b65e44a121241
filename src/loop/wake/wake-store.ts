/** What a wake-up needs of the key's row: invariant 4. */
export type WakeStore = {
  /** Raises `wanted` by one by ETag. `number` is the new value; `assessed` is what the row held before. */
  raise(keyId: string): Promise<{ readonly number: number; readonly assessed: number }>;
};
