import { API_VERSIONS } from '../../../src/remediation/model/api-versions.ts';
import type { Canary } from '../canary.ts';
import { saidIn, type Trial, unknown } from '../trial.ts';
import { pathOf, read, setAttributes } from '../use.ts';

/** Reading a disabled key shows it or is refused; where the vault refuses, the product asks the control plane. */
export const disabledReads = async (canary: Canary): Promise<Trial> => {
  const assumption = 'Reading a disabled key shows it, or is refused as disabled';
  const disabled = await setAttributes(canary, { enabled: false });
  if (disabled.status !== 200) return unknown(assumption, disabled);
  const shown = await read(canary);
  await setAttributes(canary, { enabled: true });
  if (shown.status === 200) return { assumption, verdict: 'either', seen: 'It is shown.' };
  const verdict = saidIn(shown) === '403 KeyDisabled' ? 'either' : 'fails';
  return { assumption, verdict, seen: `It is refused: ${saidIn(shown)}.` };
};

const [NEWEST, BEFORE] = API_VERSIONS['Microsoft.KeyVault/vaults/keys'];

/** Uses the newest api-version, or the one before where Azure refuses it. */
const readManaged = async (canary: Canary) => {
  const first = await canary.manager(pathOf(canary), NEWEST);
  return first.status === 200 ? first : canary.manager(pathOf(canary), BEFORE);
};

/** Resource Manager serves keys with the newest api-version, or refuses that and serves them with the one before. */
export const managedKeys = async (canary: Canary): Promise<Trial> => {
  const assumption = `Resource Manager serves the keys of a vault by api-version ${NEWEST}, or by ${BEFORE}`;
  const first = await canary.manager(pathOf(canary), NEWEST);
  if (first.status === 200) return { assumption, verdict: 'either', seen: `By ${NEWEST}.` };
  const second = await canary.manager(pathOf(canary), BEFORE);
  if (second.status === 200)
    return { assumption, verdict: 'either', seen: `By ${BEFORE}; ${NEWEST} is refused: ${saidIn(first)}.` };
  return [401, 403].includes(second.status)
    ? unknown(assumption, second)
    : { assumption, verdict: 'fails', seen: `By neither: ${saidIn(first)}, ${saidIn(second)}.` };
};

type Managed = { readonly properties?: { readonly attributes?: { readonly enabled?: boolean } } };

/** Where the vault itself refuses, only the control plane shows that a key is disabled. */
export const managedDisabled = async (canary: Canary): Promise<Trial> => {
  const assumption = 'Resource Manager shows a disabled key, and that it is disabled';
  const disabled = await setAttributes(canary, { enabled: false });
  if (disabled.status !== 200) return unknown(assumption, disabled);
  const managed = await readManaged(canary);
  await setAttributes(canary, { enabled: true });
  if (managed.status !== 200) return unknown(assumption, managed);
  const { enabled } = (managed.body as Managed | undefined)?.properties?.attributes ?? {};
  return enabled === false
    ? { assumption, verdict: 'holds', seen: 'It is shown as disabled.' }
    : { assumption, verdict: 'fails', seen: 'It is shown, and not as disabled.' };
};
