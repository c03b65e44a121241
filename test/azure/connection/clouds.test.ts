import { expect, it } from 'vitest';
import { CLOUDS, issuersOf } from '../../../src/azure/connection/clouds.ts';

it.each([
  ['public', ['https://login.microsoftonline.com/contoso/v2.0', 'https://sts.windows.net/contoso/']],
  ['usgov', ['https://login.microsoftonline.us/contoso/v2.0', 'https://sts.windows.net/contoso/']],
  ['china', ['https://login.chinacloudapi.cn/contoso/v2.0', 'https://sts.chinacloudapi.cn/contoso/']],
] as const)('The tokens of a tenant in the cloud %s are issued in two versions, by these', (cloud, issuers) => {
  expect(issuersOf(CLOUDS[cloud], 'contoso')).toEqual(issuers);
});
