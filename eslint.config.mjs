// Lint: typescript-eslint with types, the import table of the house, and the sizes a file and a function may have.
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

import { refusal } from './scripts/import-rules.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

const house = {
  rules: {
    imports: {
      meta: { type: 'problem', schema: [] },
      create(context) {
        const file = relative(root, context.filename).split(sep).join('/');
        const check = (node) => {
          const why = typeof node.source?.value === 'string' ? refusal(file, node.source.value) : null;
          if (why) context.report({ node, message: why });
        };
        return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
      },
    },
  },
};

export default ts.config(
  { ignores: ['node_modules', 'out', 'dist', 'native/build*', 'coverage', 'test-results'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [ts.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { house },
    rules: {
      'house/imports': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 4],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      // A component is its markup; what it does is in hooks and the model.
      'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src-main/shells/cli/**/*.ts', 'scripts/**/*.ts', 'tests/bench/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['tests/**/*.ts', '**/*.test.ts', '**/*.test.tsx'], rules: { 'max-lines-per-function': 'off' } },
);
