import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The browser of the machine: the first of the usual names on the path.
 *
 * @throws {Error} when there is none
 */
export function findBrowser(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of folders) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {
        // The next folder may have it.
      }
    }
  }
  throw new Error('found no chromium, chromium-browser or google-chrome on the path, wanted one')
}

/** What a browser is started with where nobody sees it. */
export const browserArguments = [
  ...['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'],
]
