/**
 * Finds and loads the Node-API addon, once per process: the one built in a checkout, else the one packaged with the app.
 * Its typed faces stand beside this file, one per noun.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { AppError } from '../../contract/errors.ts';

const requireNative = createRequire(import.meta.url);
const FILE = 'native/build/Release/kinetone.node';
let loaded: { readonly addon: object; readonly path: string } | null = null;

/** Places where the addon may lie, in the order in which they are tried. */
export function addonPaths(): string[] {
  const { resourcesPath } = process as { resourcesPath?: string };
  // From the sources and from a bundle's chunks the root is three folders up, from a bundle's entry two.
  const roots = ['../../../', '../../'].map((up) => fileURLToPath(new URL(up, import.meta.url)));
  return [
    ...roots.map((root) => join(root, FILE)),
    ...(resourcesPath === undefined ? [] : [join(resourcesPath, 'kinetone.node'), join(resourcesPath, FILE)]),
  ];
}

/**
 * The addon's exports.
 * @throws AppError 'addon-missing' naming every path tried and why it failed.
 */
export function loadAddon(paths: readonly string[] = addonPaths()): object {
  if (loaded !== null) return loaded.addon;
  const failures: string[] = [];
  for (const path of new Set(paths)) {
    try {
      loaded = { addon: requireNative(path) as object, path };
      return loaded.addon;
    } catch (error) {
      failures.push(`${path}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
    }
  }
  throw new AppError('addon-missing', `The native part of Kinetone could not be loaded.\n${failures.join('\n')}`, {
    hint: 'In a checkout, build it with: npm run build:native',
    details: { tried: failures },
  });
}

/** Path of the addon in use; loads it. @throws AppError 'addon-missing' */
export function loadedAddonPath(): string {
  loadAddon();
  return loaded?.path ?? '';
}
