/** Of Microsoft.Web, for plans and sites on Flex Consumption: it came with 2023-12-01. */
export const WEB_VERSIONS = ['2023-12-01', '2024-04-01', '2024-11-01', '2025-03-01', '2025-05-01'];

/** Code by OneDeploy is older than Flex Consumption: the documents of 2026 still name 2022-09-01. */
export const DEPLOY_VERSIONS = ['2022-09-01', ...WEB_VERSIONS];

export const PLAN_TYPE = 'Microsoft.Web/serverfarms';
export const SITE_TYPE = 'Microsoft.Web/sites';

export const GROUP = '/subscriptions/{subscription}/resourceGroups/{group}';
export const SITE = `${GROUP}/providers/${SITE_TYPE}/{site}`;

/** The Node versions for which Azure Functions 4 has a worker. ARM takes any (Azure-Functions#2666). */
export const NODE_VERSIONS = ['20', '22', '24'];
