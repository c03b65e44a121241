import type { Fact } from '../../remediation/model/facts.ts';

/** Backups of keys that a person has put where the product can read them. */
export type Backups = {
  /** The blob that holds the key of this vault, both by name, and SHA-256 of its content; `absent` where there is none. */
  find(vaultName: string, keyName: string): Promise<Fact<{ readonly name: string; readonly sha256: string }>>;
  /** What that blob holds. It belongs into no log. */
  read(name: string): Promise<Fact<Uint8Array>>;
};
