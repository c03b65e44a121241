import { TOPIC_DOMAIN } from './event-grid/custom-topics.ts';
import { keep, readKept } from './kept-keys.ts';
import { RELEASE_HOST } from './web/releases.ts';
import { SCM_DOMAIN, SITE_DOMAIN } from './web/site.ts';
import { CHAT_HOSTS, WEBHOOK_HOST } from './webhook/webhook.ts';

/** The hosts that the cloud answers for; a wildcard takes one label. */
export const hosts = [
  'management.azure.com',
  '*.vault.azure.net',
  '*.blob.core.windows.net',
  '*.queue.core.windows.net',
  '*.table.core.windows.net',
  'login.microsoftonline.com',
  'login.windows.net',
  'sts.windows.net',
  'graph.microsoft.com',
  'api.loganalytics.io',
  `*${TOPIC_DOMAIN}`,
  WEBHOOK_HOST,
  ...CHAT_HOSTS,
  `*${SITE_DOMAIN}`,
  `*${SCM_DOMAIN}`,
  RELEASE_HOST,
];

// TLS checks the real time, whatever the virtual clock says.
const validity = { notBeforeDate: new Date('2000-01-01'), notAfterDate: new Date('2100-01-01') };
const elliptic = { keyType: 'ec', algorithm: 'sha256', ...validity } as const;

export type Certificates = { authority: string; key: string; certificate: string };

const make = async (): Promise<Certificates> => {
  const { generate } = await import('selfsigned');
  const authority = await generate([{ name: 'commonName', value: 'Local cloud authority' }], {
    ...elliptic,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'Local cloud' }], {
    ...elliptic,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  return { authority: authority.cert, key: server.private, certificate: server.cert };
};

const FILE = 'certificates.json';

/** A certificate authority for this cloud alone and one server certificate for all hosts, in PEM. */
export const createCertificates = async (): Promise<Certificates> =>
  JSON.parse(readKept(FILE) ?? keep(FILE, JSON.stringify(await make()))) as Certificates;

/** Whether the cloud answers for a host. */
export const isServed = (host: string): boolean =>
  hosts.some((known) =>
    known.startsWith('*.')
      ? host.endsWith(known.slice(1)) && !host.slice(0, -known.length + 1).includes('.')
      : host === known,
  );
