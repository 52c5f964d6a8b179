/**
 * Builds the three bundles of the desktop program: main (Electron's entry, the command line, the host processes), the
 * preload script, and the page. The page alone is what the browser door serves.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Entries by output name; one whose source is not there yet is left out. */
function entries(table: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table)
      .map(([name, path]) => [name, at(path)] as const)
      .filter(([, path]) => existsSync(path)),
  );
}

const mainEntries = entries({
  electron: 'src-main/shells/electron/main.ts',
  cli: 'src-main/shells/cli/main.ts',
  assembler: 'src-main/shells/assembler/main.ts',
  'hosts/analysis': 'src-main/hosts/analysis.ts',
  'hosts/assembly': 'src-main/hosts/assembly.ts',
  'hosts/audio': 'src-main/hosts/audio.ts',
  'hosts/inference': 'src-main/hosts/inference.ts',
  'hosts/vectors': 'src-main/hosts/vectors.ts',
});
const preloadEntries = entries({ preload: 'src-main/shells/electron/preload.ts' });

export default defineConfig({
  ...(Object.keys(mainEntries).length === 0
    ? {}
    : {
        main: {
          build: {
            outDir: at('out/main'),
            target: 'node24',
            sourcemap: true,
            // A hundred small files that every start of every process would look for: read as part of the program.
            externalizeDeps: { exclude: ['zod', 'hono', '@hono/node-server', '@hono/zod-openapi'] },
            rolldownOptions: { input: mainEntries, output: { format: 'es' as const, entryFileNames: '[name].js' } },
          },
        },
      }),
  ...(Object.keys(preloadEntries).length === 0
    ? {}
    : {
        preload: {
          build: {
            outDir: at('out/preload'),
            externalizeDeps: false,
            rolldownOptions: {
              input: preloadEntries,
              output: { format: 'cjs' as const, entryFileNames: '[name].cjs' },
            },
          },
        },
      }),
  renderer: {
    root: at('src-renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      sourcemap: false,
      // Data: addresses are not allowed by the page's content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
});
