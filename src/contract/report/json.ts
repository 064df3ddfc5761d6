import type { Report } from './report.ts'

/** A report as its schema says. */
export const jsonReport = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`
