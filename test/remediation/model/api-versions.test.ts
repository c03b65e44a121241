import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  API_VERSIONS,
  type ApiService,
  apiVersion,
  PREVIEWS,
  serviceOf,
} from '../../../src/remediation/model/api-versions.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const SERVICES = Object.keys(API_VERSIONS) as ApiService[];

/** Texts in the form of an api-version that are neither an instant nor an example of a date. */
const VERSION = /(?<!such as |\bfrom=|\bto=)\b20\d\d-\d\d-\d\d(?:-preview)?\b(?!T\d)/g;
const named = (text: string): readonly string[] => text.match(VERSION) ?? [];

describe('api-versions', () => {
  it('are named in one file, comments included', () => {
    const files = globSync('{src,functions,bench}/**/*.ts', { cwd: root });
    const naming = files.filter((file) => named(readFileSync(path.join(root, file), 'utf8')).length > 0);
    expect(files.length).toBeGreaterThan(300);
    expect(naming).toEqual(['src/remediation/model/api-versions.ts']);
  });

  it('are seen wherever they stand', () => {
    expect(named("get(id, '2022-04-01'); // and ?api-version=2021-05-01-preview")).toHaveLength(2);
    expect(named("new Date('2038-01-18T23:59:59Z'); // such as 2026-01-31")).toEqual([]);
  });

  it('are previews only where there is an excuse', () => {
    const previews = SERVICES.filter((service) => API_VERSIONS[service].some((one) => one.endsWith('-preview')));
    expect(previews).toEqual(Object.keys(PREVIEWS));
  });

  it('are the newest first', () => {
    for (const service of SERVICES) {
      expect([...API_VERSIONS[service]].sort().reverse()).toEqual(API_VERSIONS[service]);
      expect(apiVersion(service)).toBe(API_VERSIONS[service][0]);
    }
  });

  it.each([
    ['MICROSOFT.KEYVAULT/VAULTS', 'Microsoft.KeyVault/vaults'],
    ['Microsoft.KeyVault/vaults/accessPolicies', 'Microsoft.KeyVault/vaults'],
    ['Microsoft.KeyVault/vaults/keys/versions', 'Microsoft.KeyVault/vaults/keys'],
    ['Microsoft.KeyVault/vaultsOfSomebody', undefined],
    ['', undefined],
  ])('of %s are those of %s', (type, service) => {
    expect(serviceOf(type)).toBe(service);
  });
});
