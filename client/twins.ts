// Written by `npm run client` from the document of OpenAPI.
// biome-ignore-all lint: it is generated

/** What a key of the function app opens as well. */
export const TWINS = [
  ['POST', '/api/reconciliations'],
  ['GET', '/api/reconciliations'],
  ['GET', '/api/reconciliations/{id}'],
  ['GET', '/api/expiry'],
  ['GET', '/api/summary'],
  ['POST', '/api/orchestrators/{name}'],
  ['POST', '/api/sweeps'],
  ['GET', '/api/plans/{planId}'],
  ['GET', '/api/incidents'],
  ['GET', '/api/incidents/{id}'],
  ['GET', '/api/history'],
  ['GET', '/api/would-have'],
  ['GET', '/api/ledger'],
  ['GET', '/api/evidence/{hash}'],
  ['GET', '/api/posture'],
  ['POST', '/api/posture'],
  ['GET', '/api/coverage'],
  ['GET', '/api/orders'],
  ['PUT', '/api/pause'],
  ['DELETE', '/api/pause'],
  ['PUT', '/api/do-not-heal'],
  ['DELETE', '/api/do-not-heal'],
  ['GET', '/api/health/details'],
  ['GET', '/api/settings'],
  ['POST', '/api/alerts'],
  ['GET', '/api/quarantine'],
  ['GET', '/api/quarantine/{id}'],
  ['POST', '/api/quarantine/{id}/replay'],
] as const;
