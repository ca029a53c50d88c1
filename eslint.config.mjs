import js from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import whom: docs/architecture.md. A room is named once, here. */
const FACES = ['workbench'];
const PRODUCT = ['apps', 'authorize', 'messages', 'captures', 'replay', 'channels', 'calls'];
const CLIENTS = ['ringcentral', 'engage', 'genesys', 'salesforce', 'cognigy', 'kore'];
const GROUND = ['keychain', 'http'];

const room = (name) => `./src/${name}`;
const rooms = (names) => names.map(room);

const zones = [
  {
    target: room('base'),
    from: [...rooms([...FACES, ...PRODUCT, ...CLIENTS, ...GROUND, 'simulator'])],
    message: 'base/ stands under every room.',
  },
  {
    target: rooms(GROUND),
    from: rooms([...FACES, ...PRODUCT, ...CLIENTS, 'simulator']),
    message: 'Arrows point down.',
  },
  {
    target: rooms(CLIENTS),
    from: rooms([...FACES, ...PRODUCT, 'simulator']),
    message: 'A client knows one remote system and nothing above it.',
  },
  {
    target: rooms(PRODUCT),
    from: rooms([...FACES, 'simulator']),
    message: 'The engine knows neither face nor the simulator.',
  },
  {
    target: room('simulator'),
    from: './src',
    except: ['./simulator'],
    message: 'The simulator shares no code with the clients (docs/architecture.md).',
  },
  {
    target: rooms(FACES),
    from: room('simulator'),
    message: 'VS Code talks to the simulator over the wire, as it talks to RingCentral.',
  },
  ...PRODUCT.map((name) => ({
    target: `./src/!(${name}|simulator)/**`,
    from: room(name),
    except: ['./index.ts'],
    message: `Use ${name}/'s public file.`,
  })),
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/'] },
  js.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true } },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 400 }],
      // VS Code's classes (Disposable, DebugAdapter) are meant structurally.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/workbench/**', 'src/extension.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'vscode', message: 'Only workbench/ and extension.ts know VS Code.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'URLSearchParams',
          'fetch',
          'setTimeout',
          'AbortSignal',
        ]
          .concat([
            'clearTimeout',
            'setInterval',
            'clearInterval',
            'AbortController',
            'structuredClone',
          ])
          .concat(['require', 'module', '__dirname', 'performance', 'setImmediate'])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
);
