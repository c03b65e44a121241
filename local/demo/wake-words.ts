/** The cause of a look, as the ledger has it with the findings (`by` of the entry `opened`). */
const WAKES: ReadonlyMap<string, string> = new Map([
  ['keyVaultEvent', 'An event from Event Grid woke the app.'],
  ['resourceEvent', 'An event from Event Grid, of a write, woke the app.'],
  ['alert', 'An alert from Azure Monitor woke the app.'],
  ['probe', 'The probe, which needs no event, woke the app.'],
  ['sweep', 'The sweep, which needs no event, woke the app.'],
  ['call', 'A call of its API woke the app.'],
]);

/** The sentence of the cause; none where the app does not name it, since a guess would look like a fact. */
export const wakeWords = (by: string | undefined): readonly string[] => {
  const words = WAKES.get(by ?? '');
  return words === undefined ? [] : [words];
};
