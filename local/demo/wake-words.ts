/** What made the app look, as it is entered with what it found (`by` of the ledger's `opened`). */
const WAKES: ReadonlyMap<string, string> = new Map([
  ['keyVaultEvent', 'An event from Event Grid woke the app.'],
  ['resourceEvent', 'An event from Event Grid, of a write, woke the app.'],
  ['alert', 'An alert from Azure Monitor woke the app.'],
  ['probe', 'The probe, which needs no event, woke the app.'],
  ['sweep', 'The sweep, which needs no event, woke the app.'],
  ['call', 'A call of its API woke the app.'],
]);

/** The sentence of it; none where the app does not say, since a guess would be told as a fact. */
export const wakeWords = (by: string | undefined): readonly string[] => {
  const words = WAKES.get(by ?? '');
  return words === undefined ? [] : [words];
};
