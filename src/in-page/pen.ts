/** Makes elements of one document; text is never read as markup. */
export interface Pen {
  readonly document: Document
  make<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    properties?: Partial<Omit<HTMLElementTagNameMap[Tag], 'style'>>,
    ...children: readonly (Node | string)[]
  ): HTMLElementTagNameMap[Tag]
}

/** The way to make elements of a document. */
export const penFor = (document: Document): Pen => ({
  document,
  make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  },
})
