import type { GetIncident200, GetPosture200 } from '../../client/api.ts';
import type { Origin } from '../../report/document.ts';
import type { Head } from '../../report/proof.ts';

const HASH = 'b93624051b3cc6d3dc9afbbe44f2e1346c541e3f023327d871935a475eeeddcf';
const DATA = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/data/providers';
const SERVER = `${DATA}/Microsoft.DBforMySQL/servers/orders`;
export const KEY = 'https://kv-orders.vault.azure.net/keys/cmk';

export const ORIGIN: Origin = {
  scopes: ['/subscriptions/00000000-0000-0000-0000-000000000000'],
  mode: 'approve',
  version: '0.2.0',
  app: 'https://guardian.azurewebsites.net',
  writtenAt: '2026-03-02T09:00:00.000Z',
};

export const HEADS: readonly Head[] = [
  { chain: 'product', verification: { kind: 'intact', head: { seq: 412, hash: HASH } } },
];

const line = { kind: 'mysqlSingleServer', subject: SERVER } as const;

export const POSTURE: GetPosture200 = {
  startedAt: '2026-03-02T08:07:00.000Z',
  finishedAt: '2026-03-02T08:08:10.000Z',
  ageSeconds: 3_110,
  isComplete: false,
  unreadable: [`${DATA}/Microsoft.KeyVault/vaults/kv-closed could not be read: its firewall keeps the product out.`],
  rows: [
    { id: 'S1.8', level: 'INFO', check: 'azureCliStated', statement: 'A recent Azure CLI', pass: 1 },
    { id: 'S2.28', level: 'AUTO', check: 'notExpired', statement: 'The key has not expired', pass: 40, fail: 1 },
    { id: 'S2.19', level: 'PLAN', check: 'auditLog', statement: 'Access to the key is logged', unknown: 2 },
  ],
  lines: [
    {
      ...line,
      row: 'S1.8',
      statement: 'A recent Azure CLI',
      check: 'azureCliStated',
      verdict: 'pass',
      evidence: 'Commands need 2.60.0.',
    },
    {
      ...line,
      row: 'S2.28',
      statement: 'The key has not expired',
      check: 'notExpired',
      verdict: 'fail',
      evidence: 'Version 0123 expired on 2026-03-01.',
      plan: [`az keyvault key set-attributes --id ${KEY}/0123 --expires '<date>'`],
    },
    {
      ...line,
      row: 'S2.28',
      statement: 'The key has not expired',
      check: 'notExpired',
      verdict: 'pass',
      evidence: 'It expires on 2027-03-01.',
    },
    {
      ...line,
      row: 'S2.19',
      statement: 'Access to the key is logged',
      check: 'auditLog',
      verdict: 'unknown',
      evidence: 'Nobody could read the setting.',
    },
  ],
  coverage: [],
};

export const INCIDENT: GetIncident200 = {
  id: '20260302T030330Z-1411455e',
  key: KEY,
  openedAt: '2026-03-02T03:03:30.000Z',
  closedAt: '2026-03-02T03:31:50.000Z',
  isOpen: false,
  now: '2026-03-02T09:00:00.000Z',
  lostAt: '2026-03-02T03:01:00.000Z',
  seconds: { toDetect: 150, toDecide: 0, toHeal: 1_700 },
  timeline: [
    { what: 'lost', at: '2026-03-02T03:01:00.000Z', seconds: 0 },
    { what: 'detected', at: '2026-03-02T03:03:30.000Z', seconds: 150, seq: 2, by: 'keyVaultEvent' },
    { what: 'step', at: '2026-03-02T03:30:40.000Z', seconds: 1_780, seq: 6, step: 'extendKeyExpiry', outcome: 'done' },
    { what: 'healthy', at: '2026-03-02T03:31:50.000Z', seconds: 1_850, seq: 11 },
  ],
  consumers: [{ consumerId: SERVER, minutesDown: 29.7, atMostMinutes: 30.8, isDownNow: false }],
  cause: {
    faults: [],
    roots: [
      {
        kind: 'keyExpired',
        target: `${KEY}/0123`,
        sentence: 'The key version cmk/0123 expired at 2026-03-02T03:00:29Z.',
      },
    ],
  },
  who: {
    askedAt: '2026-03-02T09:00:00.000Z',
    acts: [
      { at: '2026-03-02T03:00:29.000Z', operation: 'KeyUpdate', by: 'j.kim@example.com', on: KEY, source: 'auditLog' },
    ],
    says: [],
  },
  people: [
    {
      what: 'approved',
      at: '2026-03-02T03:30:40.000Z',
      by: 'b2e47a25-ce20-4c17-8c61-3ea50bdcf208',
      name: 'approver@example.com',
      seq: 5,
      ticket: 'CHG1',
    },
  ],
  writes: [
    {
      step: 'extendKeyExpiry',
      target: `${KEY}/0123`,
      begunAt: '2026-03-02T03:30:40.000Z',
      outcome: 'done',
      why: 'it is valid until 2027-03-02',
      undo: 'Set the former expiry.',
      correlationIds: ['6f5787a4-360d-4b1e-9a63-b16afcc575ad'],
      rows: [5, 6],
    },
  ],
  evidence: [],
  ledger: {
    chain: '/api/ledger',
    verification: { kind: 'intact', head: { seq: 11, hash: HASH } },
    verified: { by: 'CMK Guardian 0.2.0', at: '2026-03-02T04:00:00.000Z', anchors: 7 },
    anchored: { seq: 11, at: '2026-03-02T03:06:10.000Z' },
    rows: [{ seq: 2, kind: 'opened', at: '2026-03-02T03:03:30.000Z', hash: HASH }],
  },
};
