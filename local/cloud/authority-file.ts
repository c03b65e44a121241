import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export type AuthorityFile = { caFile: string; remove(): Promise<void> };

/** Writes a certificate authority where NODE_EXTRA_CA_CERTS can point to, in a temporary folder. */
export const writeAuthority = async (pem: string): Promise<AuthorityFile> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'local-cloud-'));
  const caFile = path.join(folder, 'authority.pem');
  await writeFile(caFile, pem);
  return { caFile, remove: () => rm(folder, { recursive: true, force: true }) };
};
