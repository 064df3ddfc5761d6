import { statSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import { htmlReport } from '../../contract/report/html.ts'
import { jsonReport } from '../../contract/report/json.ts'
import { junitReport } from '../../contract/report/junit.ts'
import { markdownReport } from '../../contract/report/markdown.ts'
import type { Report } from '../../contract/report/report.ts'
import { Stop } from '../stop.ts'

const writers: Readonly<Record<string, (report: Report) => string>> = {
  '.json': jsonReport,
  '.xml': junitReport,
  '.md': markdownReport,
  '.html': htmlReport,
}

/**
 * Before anything is judged: whether each report can be written.
 * @throws {Stop}
 */
export function checkReports(files: readonly string[]): void {
  for (const file of files) {
    if (!Object.hasOwn(writers, extname(file))) {
      throw new Stop(2, `--report takes a file that ends in ${Object.keys(writers).join(', ')}, not "${file}".`)
    }
    if (!statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory()) {
      throw new Stop(2, `There is no folder ${dirname(file)} for the report.`)
    }
  }
}

export const reportText = (file: string, report: Report): string => writers[extname(file)]?.(report) ?? ''
