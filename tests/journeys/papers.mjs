// Papers for a meeting, and what a reader finds in a PDF.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

/// Writes a PDF of so many A4 pages, on each "TITLE, page N" (ISO 32000-1; Helvetica is in every
/// reader).
export function writePaper(file, title, pages) {
  let pdf = "%PDF-1.4\n";
  const offsets = [];
  const add = (body) => {
    offsets.push(pdf.length);
    pdf += `${offsets.length} 0 obj\n${body}\nendobj\n`;
  };
  const kids = Array.from({ length: pages }, (_, page) => `${4 + 2 * page} 0 R`).join(" ");
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add(`<< /Type /Pages /Count ${pages} /Kids [${kids}] /MediaBox [0 0 595 842] >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (let page = 1; page <= pages; page += 1) {
    add(`<< /Type /Page /Parent 2 0 R /Contents ${offsets.length + 2} 0 R `
      + "/Resources << /Font << /F 3 0 R >> >> >>");
    const marks = `BT /F 20 Tf 60 760 Td (${title}, page ${page}) Tj ET`;
    add(`<< /Length ${marks.length} >>\nstream\n${marks}\nendstream`);
  }
  const table = pdf.length;
  pdf += `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`
    + offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("")
    + `trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  writeFileSync(file, pdf);
  return file;
}

/// The text of each page, the first at 0. Throws when qpdf finds anything wrong with the file.
export function readPages(file) {
  execFileSync("qpdf", ["--check", file], { stdio: "pipe" });
  const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
  return text.split("\f").slice(0, -1);
}

/// What the reader's side bar lists: titles of bookmarks.
export function bookmarksOf(file) {
  const { outlines } = JSON.parse(
    execFileSync("qpdf", ["--json", "--json-key=outlines", file], { encoding: "utf8" }));
  return outlines.map(({ title, destpageposfrom1 }) => [title, destpageposfrom1]);
}
