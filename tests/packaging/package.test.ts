/**
 * Packaging, with a stand-in for Electron's folder: what is in the archive, what lies beside it, and that the packed program
 * answers subcommands without a window.
 */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { repository, temporaryFolder } from '../fixtures/program.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const builder = createRequire(createRequire(require.resolve('electron-builder')).resolve('app-builder-lib/package.json'));
const asar = builder('@electron/asar') as { listPackage(archive: string): string[]; extractAll(archive: string, folder: string): void };

const folder = temporaryFolder('package');
const packed = join(folder.path, 'dist', 'linux-unpacked');
const resources = join(packed, 'resources');
/** The archive's files in a folder of its name: Node cannot look into an archive as Electron does. */
const unpacked = join(folder.path, 'app.asar');
let inside: string[] = [];
afterAll(() => folder.remove());

/** A folder that looks like Electron's: an executable, its version, locales and licences. */
function standIn(): string {
  const path = join(folder.path, 'electron');
  mkdirSync(join(path, 'locales'), { recursive: true });
  mkdirSync(join(path, 'resources'), { recursive: true });
  writeFileSync(join(path, 'electron'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(path, 'electron'), 0o755);
  writeFileSync(join(path, 'version'), '45.4.1');
  writeFileSync(join(path, 'LICENSE'), 'x');
  writeFileSync(join(path, 'LICENSES.chromium.html'), 'x');
  writeFileSync(join(path, 'locales', 'en-US.pak'), 'x');
  return path;
}

beforeAll(async () => {
  const args = ['--linux', 'dir', `-c.electronDist=${standIn()}`, `-c.directories.output=${join(folder.path, 'dist')}`, '--publish', 'never'];
  await run(process.execPath, [join(repository, 'node_modules/electron-builder/cli.js'), ...args], { cwd: repository, env: { ...process.env, KINETONE_STAND_IN_ELECTRON: '1' }, maxBuffer: 1 << 24 });
  const archive = join(resources, 'app.asar');
  inside = asar.listPackage(archive).map((path) => path.replaceAll('\\', '/'));
  asar.extractAll(archive, unpacked);
}, 240_000);

test('the archive holds the bundles, the page and the licence', () => {
  const wanted = ['/out/main/electron.js', '/out/main/cli.js', '/out/main/hosts/analysis.js', '/out/main/hosts/inference.js', '/out/main/hosts/vectors.js', '/out/preload/preload.cjs', '/out/renderer/index.html', '/package.json', '/LICENSE'];
  expect(wanted.filter((path) => !inside.includes(path))).toEqual([]);
});

test('no source, test, map or secret is packed', () => {
  const ours = inside.filter((path) => !path.startsWith('/node_modules/'));
  expect(ours.filter((path) => /\/(src-main|src-renderer|tests|scripts|docs|\.git|\.ci)(\/|$)|\.map$|\.env|\.npmrc|serve\.json/.test(path))).toEqual([]);
  expect(inside.filter((path) => /^\/node_modules\/(electron|vite|vitest|typescript|playwright-core|react)\//.test(path))).toEqual([]);
});

test('of the library for Gemini the one entry that is used is packed, and can be loaded from there', async () => {
  const library = inside.filter((path) => /^\/node_modules\/@google\/genai\/dist\/.*\.[cm]?js$/.test(path));
  expect(library).toEqual(['/node_modules/@google/genai/dist/web/index.mjs']);
  const script = `const { GoogleGenAI } = await import('@google/genai/web'); console.log(typeof new GoogleGenAI({ apiKey: 'k' }).models.generateContent);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: unpacked });
  expect(stdout.trim()).toBe('function');
});

test('every native binary lies beside the archive, where it can be loaded and started', () => {
  const native = inside.filter((path) => /\.node$|kinetone-tether$/.test(path));
  expect(native.some((path) => path.endsWith('kinetone.node')) && native.some((path) => path.includes('better-sqlite3'))).toBe(true);
  expect(native.filter((path) => !existsSync(join(resources, 'app.asar.unpacked', path)))).toEqual([]);
});

test('resources and the manifest of models are shipped beside the archive', () => {
  expect(readdirSync(join(resources, 'resources', 'mappings')).length).toBeGreaterThanOrEqual(6);
  expect(existsSync(join(resources, 'models', 'manifest.json'))).toBe(true);
});

/** The packed program as Electron would start it: its entry, with the `electron` module standing in. */
function packedProgram(...words: string[]) {
  const electron = join(unpacked, 'node_modules', 'electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(join(electron, 'package.json'), '{"name":"electron","version":"45.4.1","type":"module","exports":"./index.js"}');
  writeFileSync(
    join(electron, 'index.js'),
    `export const app = { isPackaged: true, whenReady: () => Promise.resolve(), exit: (code) => process.exit(code) };
const refuse = new Proxy({}, { get() { throw new Error('a window was opened'); } });
export const BrowserWindow = refuse, Menu = refuse, dialog = refuse, ipcMain = refuse, nativeTheme = refuse, protocol = refuse, session = refuse, shell = refuse, utilityProcess = refuse;`,
  );
  const entry = join(unpacked, 'out', 'main', 'electron.js');
  const argv = `process.resourcesPath = ${JSON.stringify(resources)}; process.argv = ['kinetone', ...process.argv.slice(1)]; await import(${JSON.stringify(entry)});`;
  return run(process.execPath, ['--input-type=module', '-e', argv, '--', ...words], { cwd: folder.path });
}

test('the packed program answers subcommands without a window', async () => {
  expect((await packedProgram('--version')).stdout.trim()).toMatch(/^kinetone \d+\.\d+\.\d+$/);
  const { stdout } = await packedProgram('media', 'list', '--json', '--data-dir', join(folder.path, 'data'));
  expect(JSON.parse(stdout)).toEqual({ items: [] });
});
