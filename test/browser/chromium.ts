import { createHash, X509Certificate } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { createCertificates } from '../../local/cloud/certificates.ts';
import { cleanUpAfterAll } from '../run/clean-up.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** `CHROMIUM` of the environment, or the usual name of the program. @throws Error with the remedy where there is none */
export const chromiumPath = (): string => {
  const given = process.env['CHROMIUM'];
  if (given) return given;
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin'];
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(isProgram);
  if (found) return found;
  throw new Error('There is no Chromium: install one (apt-get install chromium), or say where it is by CHROMIUM.');
};

/** The hash by which Chromium trusts the local cloud's certificate, whose authority no system knows. */
const trustedKey = async (): Promise<string> => {
  const { certificate } = await createCertificates();
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
};

let running: Promise<Browser> | undefined;

cleanUpAfterAll(async () => {
  await (await running)?.close();
  running = undefined;
});

const launch = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      // Without this, Chromium would ask its maker about the purpose of a form.
      '--disable-features=AutofillServerCommunication',
      `--ignore-certificate-errors-spki-list=${await trustedKey()}`,
      // In a container, root cannot use Chromium's sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });

/** The one browser of a suite. */
export const theBrowser = (): Promise<Browser> => {
  running ??= launch();
  return running;
};
