// Builds every bundle into dist/. `--production` minifies, `--watch` rebuilds on change.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const dist = path.join(__dirname, 'dist');

/**
 * Heavy rooms are bundles of their own, loaded at first use: an `import()` of one of these modules
 * becomes a `require` of the bundle beside the one that asks.
 */
const lazyBundles = {
  'src/simulator/index.ts': './simulator.js',
};

const lazy = {
  name: 'lazy-bundles',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const file = path.relative(__dirname, path.resolve(args.resolveDir, args.path));
      const bundle = lazyBundles[`${file.split(path.sep).join('/')}.ts`];
      return bundle === undefined ? undefined : { path: bundle, external: true };
    });
  },
};

/**
 * undici is half of every bundle that sends requests, and starting up sends none: it is one bundle
 * for all of them, loaded when the first of these names is used.
 */
const undiciNames = ['Agent', 'Client', 'Pool', 'errors', 'request'];

const lateUndici = {
  name: 'late-undici',
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'late' }));
    build.onResolve({ filter: /^\.\/undici\.js$/, namespace: 'late' }, (args) => ({
      path: args.path,
      external: true,
    }));
    build.onLoad({ filter: /.*/, namespace: 'late' }, () => ({
      contents: undiciNames
        .map(
          (name) =>
            `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('./undici.js').${name} });`,
        )
        .join('\n'),
    }));
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  legalComments: 'none',
};

const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // Node's global of that name is new, and VS Code's log blames whoever looks at it.
  define: { navigator: 'undefined' },
  plugins: [lazy, lateUndici],
};

const bundles = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js' },
  { ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js' },
  { ...node, plugins: [], entryPoints: [require.resolve('undici')], outfile: 'dist/undici.js' },
  { ...node, entryPoints: ['src/simulator/index.ts'], outfile: 'dist/simulator.js' },
  { ...node, entryPoints: ['src/keychain/helper.ts'], outfile: 'dist/keychainHelper.js' },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: ['src/workbench/messagesView/browser/main.ts'],
    outfile: 'dist/messagesView.js',
  },
];

/** Files that bundles look for beside themselves. */
function copyAssets() {
  const copies = [
    ['node_modules/keytar/prebuilds', 'prebuilds'],
    ['node_modules/@vscode/codicons/dist/codicon.css', 'codicons/codicon.css'],
    ['node_modules/@vscode/codicons/dist/codicon.ttf', 'codicons/codicon.ttf'],
  ];
  for (const [from, to] of copies) {
    fs.cpSync(path.join(__dirname, from), path.join(dist, to), { recursive: true });
  }
}

async function main() {
  if (production) fs.rmSync(dist, { recursive: true, force: true });
  fs.mkdirSync(dist, { recursive: true });
  copyAssets();
  if (watch) {
    await Promise.all(bundles.map(async (bundle) => (await esbuild.context(bundle)).watch()));
    return;
  }
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}

main().catch((error) => {
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
