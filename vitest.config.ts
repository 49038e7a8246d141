import { defineConfig } from 'vitest/config'

const everywhere = ['**/node_modules/**', 'dist/**', 'coverage/**', 'reports/out/**']
const native = '**/*.native.test.ts'
const browser = '**/*.browser.test.ts'
const proof = '**/*.proof.test.ts'
// Run by make check, before everything else.
const checks = ['checks/layers.test.ts', 'checks/tree.test.ts']

// Not yet optimized, a thousand nested saves with hooks need more than the default of 984.
const deepStack = ['--stack-size=2800']

export default defineConfig({
  test: {
    passWithNoTests: false,
    // One for each core, two at least: most of a test's time is computing.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...everywhere, native, browser, proof, ...checks],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Modules are loaded once for all files of a worker: the world of a test is its own anyway.
          isolate: false,
          execArgv: deepStack,
        },
      },
      {
        test: {
          name: 'checks',
          include: checks,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'native',
          include: [native],
          exclude: everywhere,
          execArgv: deepStack,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'proof',
          include: [proof],
          exclude: everywhere,
          // Copies of what was built are run as they are.
          server: { deps: { external: [/\/picklespec-instructions-/] } },
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: [browser],
          exclude: everywhere,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['reference/**/*.ts'],
      exclude: ['**/*.test.ts', '**/fixtures/**', 'conformance/**'],
      reporter: ['text-summary', 'json'],
      thresholds: { lines: 100, branches: 100 },
    },
  },
})
