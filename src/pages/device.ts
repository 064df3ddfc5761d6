import { html } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What the page shows where the code of a device is entered. */
export interface DeviceCodePage extends Page {
  action: string
  /** As typed before. */
  typed: string
  /** Why the last code did not do. */
  failure: string | undefined
}

/** The page where a person types the code that a device shows. */
export const deviceCodePage = (page: DeviceCodePage): string => {
  const { words, failure } = page
  return layout(page, {
    title: words.device.title,
    content: html`<h1>${words.device.title}</h1>
${failure && html`<p role="alert" id="failure">${failure}</p>`}
<form method="get" action="${page.action}">
<label for="user_code">${words.device.enter}</label>
<input id="user_code" type="text" name="user_code" value="${page.typed}" autocomplete="off" required${failure && html` aria-describedby="failure"`}>
<p class="soft hint">${words.device.hint}</p>
<button class="primary below">${words.goOn}</button>
</form>`,
  })
}

/** The page after the decision: the rest happens at the device. */
export const deviceDonePage = (page: Page & { isApproved: boolean }): string => {
  const { approved, denied, goBack } = page.words.device
  const title = page.isApproved ? approved : denied
  return layout(page, {
    title,
    content: html`<h1>${title}</h1>
<p>${goBack}</p>`,
  })
}
