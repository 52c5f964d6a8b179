// After packing: Electron's fuses on the safe side. RunAsNode off means host processes are utility processes.
// Source: Electron documentation, "Electron Fuses".
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

export const FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: false,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

function binaryOf({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') return join(appOutDir, `${name}.app`);
  if (electronPlatformName === 'win32') return join(appOutDir, `${name}.exe`);
  return join(appOutDir, packager.executableName);
}

export default async function afterPack(context) {
  // A stand-in for Electron (the packaging test) has no fuses to flip.
  if (process.env.KINETONE_STAND_IN_ELECTRON === '1') return;
  const binary = binaryOf(context);
  if (!existsSync(binary)) throw new Error(`There is no program at ${binary} to flip the fuses of.`);
  await flipFuses(binary, FUSES);
}
