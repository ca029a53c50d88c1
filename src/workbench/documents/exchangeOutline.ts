import * as vscode from 'vscode';

interface Section {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Folding and outline of an exchange document: the request, then each `###` part. */
export class ExchangeOutline implements vscode.FoldingRangeProvider, vscode.DocumentSymbolProvider {
  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    const lines = linesOf(document);
    const sections = sectionsOf(lines).map(({ start, end }) => new vscode.FoldingRange(start, end));
    return [...sections, ...bracketRanges(lines)];
  }

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return sectionsOf(linesOf(document)).map(({ name, start, end }) => {
      const range = new vscode.Range(start, 0, end, 0);
      const selection = new vscode.Range(start, 0, start, name.length);
      return new vscode.DocumentSymbol(name, '', vscode.SymbolKind.Event, range, selection);
    });
  }
}

function linesOf(document: vscode.TextDocument): string[] {
  return document.getText().split(/\r?\n/);
}

function sectionsOf(lines: readonly string[]): Section[] {
  const starts = lines.flatMap((line, index) =>
    index === 0 || line.startsWith('### ') ? [index] : [],
  );
  return starts.map((start, index) => ({
    name: (lines[start] ?? '').replace(/^### /, '') || '-',
    start,
    end: (starts[index + 1] ?? lines.length) - 1,
  }));
}

/** JSON is pretty-printed, so a bracket that ends a line opens a block and one that starts it closes. */
function bracketRanges(lines: readonly string[]): vscode.FoldingRange[] {
  const open: number[] = [];
  const ranges: vscode.FoldingRange[] = [];
  lines.forEach((line, index) => {
    if (/^\s*[}\]]/.test(line)) {
      const start = open.pop();
      if (start !== undefined && index - 1 > start) {
        ranges.push(new vscode.FoldingRange(start, index - 1));
      }
    }
    if (/[{[]$/.test(line)) open.push(index);
  });
  return ranges;
}
