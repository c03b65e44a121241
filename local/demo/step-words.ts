/** Irregular verbs: the participle of a step that has begun, and of a step that is done. */
const IRREGULAR: Readonly<Record<string, readonly [begun: string, done: string]>> = {
  rebuild: ['rebuilding', 'rebuilt'],
  set: ['setting', 'set'],
};

/** `extendKeyExpiry` is `extend key expiry`. */
export const spoken = (step: string): string => step.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/**
 * The words for a step that has begun and for a step that is done, by the verb in its name: `extendKeyExpiry`, extending,
 * extended.
 */
export const stepWords = (step: string): { readonly begun: string; readonly done: string } => {
  const [verb = ''] = /^[a-z]*/.exec(step) ?? [];
  const stem = verb.replace(/e$/, '');
  const [begun, done] = IRREGULAR[verb] ?? [`${stem}ing`, `${stem}ed`];
  return { begun, done };
};
