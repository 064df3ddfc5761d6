import { htmlReport } from '../../src/contract/report/html.ts'
import { jsonReport } from '../../src/contract/report/json.ts'
import { junitReport } from '../../src/contract/report/junit.ts'
import { markdownReport } from '../../src/contract/report/markdown.ts'
import type { Report } from '../../src/contract/report/report.ts'
import { terminalReport } from '../../src/contract/report/terminal.ts'
import { plain } from '../../src/lines/colours.ts'

/** Every way in which a report is written. */
export const renderers = {
  terminal: (report: Report) => terminalReport(report, { colours: plain }),
  'verbose terminal': (report: Report) => terminalReport(report, { colours: plain, isVerbose: true }),
  junit: junitReport,
  json: jsonReport,
  markdown: markdownReport,
  html: htmlReport,
} as const
