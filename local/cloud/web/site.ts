import type { FunctionAppConfig } from './site-body.ts';

/** `assigned`: ids of user-assigned identities, as they were given. */
export type SiteIdentity = { hasOwn: boolean; assigned: readonly string[] };

/** A function app on Flex Consumption, as it was written. What runs of it is its life's. */
export type Site = {
  id: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  kind: string;
  planId: string;
  identity: SiteIdentity;
  config: FunctionAppConfig;
  /** App settings: write-only in the resource, told by a POST alone. */
  settings: Readonly<Record<string, string>>;
  /** The rest of siteConfig, as it was given. */
  siteConfig: Readonly<Record<string, unknown>>;
  httpsOnly: boolean;
  clientAffinityEnabled: boolean;
  /** The subnet through which it reaches others. */
  subnetId: string | undefined;
  /** Whether traffic of the platform takes that way too. */
  routesAll: boolean;
  /** Whether a password opens its way of deployment. */
  publishing: { scm: boolean; ftp: boolean };
  stopped: boolean;
  createdAt: number;
};

/** Its host name. */
export const SITE_DOMAIN = '.azurewebsites.net';
export const SCM_DOMAIN = `.scm${SITE_DOMAIN}`;

export const hostNameOf = ({ name }: Pick<Site, 'name'>): string => `${name.toLowerCase()}${SITE_DOMAIN}`;
