import { ofProduct, type Row } from '../row.ts';

export const PRODUCT_ROWS: readonly Row[] = [
  ofProduct('S1.8', 'INFO', 'azureCliStated', 'A recent Azure CLI'),
  ofProduct('S1.9', 'INFO', 'noPreviewExtension', 'The aks-preview extension (obsolete)'),
  ofProduct('S1.10', 'INFO', 'noPreviewApi', 'Previews are not for production'),
  ofProduct('S1.11', 'INFO', 'noPreviewExtension', 'Install the extension before use (obsolete)'),
  ofProduct('S1.12', 'INFO', 'driftFoundWhoeverMadeIt', 'The portal may be used to configure it'),
  ofProduct('S1.13', 'PREV', 'newVaultsProtected', 'A new vault gets soft delete and purge protection'),
  ofProduct('S1.31', 'INFO', 'securityPagesLinked', 'Next: best practices for the security of clusters'),
  ofProduct('S1.D1', 'INFO', 'commandsParse', 'Example with a missing space'),
  ofProduct('S1.D2', 'INFO', 'noBorrowedNames', 'Example with a hard-coded name'),
  ofProduct('S1.D3', 'INFO', 'noUnsetVariable', 'Example with a variable that is set under another name'),
  ofProduct('S1.D4', 'INFO', 'noTypographicDash', 'Example with an en dash'),
  ofProduct('S1.D5', 'INFO', 'commandsComplete', 'Example without its program'),
  ofProduct('S2.6', 'INFO', 'keysNeverUsed', 'The key never leaves the vault'),
  ofProduct('S2.11', 'PREV', 'dutiesApart', 'Duties are separated'),
  ofProduct('S2.12', 'INFO', 'dataKeysUntouched', 'Data keys are the server’s own affair'),
  ofProduct('S2.24', 'PREV', 'recoversNeverPurges', 'To recover and to purge are two permissions'),
  ofProduct('S2.37', 'PREV', 'importFormats', 'A key is imported from .pfx, .byok or .backup'),
  ofProduct('S2.69', 'INFO', 'howToPagesLinked', 'Next: how-to pages, storage types'),
];
