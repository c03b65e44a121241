import type { Fact } from '../../remediation/model/facts.ts';

/** Backups of keys that a person has put where the product can read them. */
export type Backups = {
  /** Name of the blob that holds the key of this vault, both by name; `absent` where there is none. */
  nameOf(vaultName: string, keyName: string): Promise<Fact<string>>;
  /** What that blob holds. It belongs into no log. */
  read(name: string): Promise<Fact<Uint8Array>>;
};
