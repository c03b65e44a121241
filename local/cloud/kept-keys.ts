import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };

/** A folder for keys and certificates that only the processes of a test run share; without it nothing is stored. */
const fileOf = (name: string): string | undefined => {
  const folder = process.env['LOCAL_CLOUD_KEYS'];
  return folder === undefined ? undefined : path.join(folder, name);
};

/** The content that another process of this run has kept under that name. */
export const readKept = (name: string): string | undefined => {
  const file = fileOf(name);
  return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

/** Keeps the text where there is a folder for it, and returns it. */
export const keep = (name: string, text: string): string => {
  const file = fileOf(name);
  if (file === undefined) return text;
  // Another process may read at this moment: a rename makes the whole file appear at once.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
  return text;
};

const makePem = (modulusLength: number): string =>
  generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A real RSA pair: made on first use, in 0.2 to 0.3 s for 2048 bits. */
export const rsaKeyPair = (name: string, bits: number): KeyPair => {
  const file = `${name}-${bits}.pem`;
  const privateKey = createPrivateKey(readKept(file) ?? keep(file, makePem(bits)));
  return { privateKey, publicKey: createPublicKey(privateKey) };
};

/** A real pair on the curve P-256, which costs too little to be kept. */
export const curveKeyPair = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' });
