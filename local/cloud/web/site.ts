import type { FunctionAppConfig } from './site-body.ts';

/** `assigned`: ids of user-assigned identities, as they were given. */
export type SiteIdentity = { hasOwn: boolean; assigned: readonly string[] };

/** A function app on Flex Consumption, as it was written. Its running host is in life.ts. */
export type Site = {
  id: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  kind: string;
  planId: string;
  identity: SiteIdentity;
  config: FunctionAppConfig;
  /** App settings: write-only in the resource; only a POST reads them. */
  settings: Readonly<Record<string, string>>;
  /** The other properties of siteConfig, as they were given. */
  siteConfig: Readonly<Record<string, unknown>>;
  httpsOnly: boolean;
  clientAffinityEnabled: boolean;
  /** The subnet through which its requests to other resources go. */
  subnetId: string | undefined;
  /** Whether requests of the platform go through that subnet too. */
  routesAll: boolean;
  /** Whether a password opens SCM and FTP, by which a person can deploy. */
  publishing: { scm: boolean; ftp: boolean };
  stopped: boolean;
  createdAt: number;
};

/** The domain of the host names of sites. */
export const SITE_DOMAIN = '.azurewebsites.net';
export const SCM_DOMAIN = `.scm${SITE_DOMAIN}`;

export const hostNameOf = ({ name }: Pick<Site, 'name'>): string => `${name.toLowerCase()}${SITE_DOMAIN}`;
