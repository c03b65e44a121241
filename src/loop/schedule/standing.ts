import type { Shown } from '../../azure/observe/still-as-shown.ts';
import { addDuration } from '../../remediation/model/duration.ts';
import type { KeyObservation, KeyVersionFacts } from '../../remediation/model/facts.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import type { RemediationSettings } from '../../remediation/model/settings.ts';
import type { Guardian } from '../guardian.ts';
import type { KeyRange } from '../messages.ts';

/**
 * A probe finds the same of nearly every key as the minute before. It is spared to read the rows of a key and to diagnose it
 * again where nothing that the diagnosis rests on is different: the rows have no new tag, the version and its vault are
 * as they were, and no time of the version comes so near that it says something else.
 */

/** What the diagnosis of a key without news rested on. `at`: ms since 1970. */
type Standing = Shown & { readonly row: string; readonly tag: string; readonly at: number };

/** A key that was not probed for this time is forgotten. */
const FORGOTTEN_MS = 3_600_000;

type Times = Pick<KeyVersionFacts, 'notBefore' | 'expiresOn'>;

/** Whether the passing of time changes nothing for this version: it is active, and its expiry is not near yet. */
export const isTimeless = (
  { expiresOn, notBefore }: Times,
  now: Date,
  { nearExpiry }: Pick<RemediationSettings, 'nearExpiry'>,
): boolean =>
  (notBefore === undefined || new Date(notBefore) <= now) &&
  (expiresOn === undefined || new Date(expiresOn) > addDuration(now, nearExpiry));

/** What a look by lists has shown of a key; `undefined` where it is more than one version that exists. */
export const shownIn = ({ key, loss, vault, vaultLoss, versions }: KeyObservation): Shown | undefined => {
  const [fact, ...others] = Object.values(versions);
  if (others.length > 0 || fact?.kind !== 'present' || vault.kind !== 'present') return undefined;
  return loss || vaultLoss ? undefined : { key, facts: fact.value, vault: vault.value };
};

/**
 * `tags`: of the keys with consumers in the range, by partition. `still`: the partitions of which there is no news. `at`: before
 * anything was read.
 */
export type Stood = {
  readonly tags: ReadonlyMap<string, string | undefined>;
  readonly still: ReadonlySet<string>;
  readonly at: Date;
};

export type StandingKeys = {
  /** The keys in the range of which there is no news without a look: one call of storage, and the lists of their vaults. */
  in(range: KeyRange): Promise<Stood>;
  /**
   * Remembers keys that a look by lists has shown, and of which there was no news. `tags` and `at`: before that look. A version that
   * was not active then, or near its expiry, is not remembered: its diagnosis changes as time passes, and nothing else does.
   */
  keep(observations: readonly KeyObservation[], before: Pick<Stood, 'tags' | 'at'>): void;
};

const openMemory = () => {
  const byRow = new Map<string, Standing>();
  let forgotAt = Date.now();
  return {
    of: (row: string): Standing | undefined => byRow.get(row),
    set: (standing: Standing): void => {
      byRow.set(standing.row, standing);
      const now = Date.now();
      if (now - forgotAt < FORGOTTEN_MS) return;
      forgotAt = now;
      for (const [one, { at }] of byRow) if (now - at > FORGOTTEN_MS) byRow.delete(one);
    },
  };
};

export const openStanding = ({ azure, settings, store }: Guardian): StandingKeys => {
  const memory = openMemory();
  return {
    in: async (range) => {
      const tags = new Map<string, string | undefined>();
      const same: Standing[] = [];
      const now = new Date();
      for await (const { row, tag } of store.keyRows.listPinnedTags(range)) {
        tags.set(row, tag);
        const standing = memory.of(row);
        if (standing && standing.tag === tag && isTimeless(standing.facts, now, settings.remediation))
          same.push(standing);
      }
      const still = same.length === 0 ? [] : await azure.stillAsShown(same);
      for (const one of still) memory.set({ ...one, at: now.getTime() });
      return { tags, still: new Set(still.map(({ row }) => row)), at: now };
    },
    keep: (observations, { tags, at }) => {
      for (const observation of observations) {
        const shown = shownIn(observation);
        const row = store.keyRows.rowOf(keyId(observation.key));
        const tag = tags.get(row);
        if (shown && tag !== undefined && isTimeless(shown.facts, at, settings.remediation))
          memory.set({ ...shown, row, tag, at: Date.now() });
      }
    },
  };
};
