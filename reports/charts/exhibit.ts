/** A Vega-Lite specification; compiled by `reports/render`. */
export type Spec = Readonly<Record<string, unknown>>;

/** The two shapes in which every chart is drawn: a page column, and a phone. */
export interface Layout {
  readonly width: number;
  readonly narrow: boolean;
}

export const wideLayout: Layout = { width: 760, narrow: false };
export const narrowLayout: Layout = { width: 350, narrow: true };

export interface Chart {
  /** Unique in the report; names the files beside the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture says, for those who cannot see it. */
  readonly alt: string;
  spec(layout: Layout): Spec;
}

export type Tone = 'good' | 'bad' | 'muted' | 'strong';

export type Cell =
  | string
  | { readonly text: string; readonly tone?: Tone; readonly badge?: string };

export interface Table {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly numeric?: boolean }[];
  readonly rows: readonly (readonly Cell[])[];
  /** Long and seldom read: the reader opens it. */
  readonly collapsed?: boolean | undefined;
  readonly footer?: readonly (readonly Cell[])[] | undefined;
}

/** One numbered part of the report: a statement, its pictures and tables, and the words under them. */
export interface Exhibit {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  /** The finding in one or two sentences, made from the data. */
  readonly lead: string;
  readonly charts: readonly Chart[];
  readonly tables: readonly Table[];
  /** What is measured and how. */
  readonly definition: string;
  /** What is assumed or exogenous; each sentence stands alone. */
  readonly assumed: readonly string[];
  /** A list that belongs to the exhibit, e.g. what would falsify a claim. */
  readonly words?: { readonly title: string; readonly items: readonly string[] } | undefined;
}
