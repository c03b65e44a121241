import type { Fact } from '../../remediation/model/facts.ts';

/** Backups of keys that a person has stored where the product can read them. */
export type Backups = {
  /** The name of the blob for the key of this vault, and the SHA-256 of its content; `absent` where there is none. */
  find(vaultName: string, keyName: string): Promise<Fact<{ readonly name: string; readonly sha256: string }>>;
  /** The content of that blob. It must not be logged. */
  read(name: string): Promise<Fact<Uint8Array>>;
};
