#include "platform/document/style.hpp"

namespace wardmote::document {

namespace {

// Both, so that the report looks like itself everywhere.
constexpr html::Literal shared = R"css(
body { margin: 0; color: #0b0c0c; background: #fff;
  font-family: arial, "Liberation Sans", sans-serif;
  font-variant-numeric: tabular-nums lining-nums; }
a { color: #1a65a6; }
h1, h2, h3 { font-weight: bold; break-after: avoid; }
table { border-collapse: collapse; }
caption { text-align: left; color: #484949; }
th, td { text-align: left; vertical-align: top; font-weight: normal;
  border-bottom: 1px solid #cecece; }
thead th { font-weight: bold; vertical-align: bottom; border-bottom: 1px solid #0b0c0c; }
.app-num { text-align: right; white-space: nowrap; } th.app-num { white-space: normal; }
sup { font-size: .7em; line-height: 0; }
.app-para > p, .app-para > div > p { margin: 0; }
.app-para__n { color: #484949; }
.app-notes { list-style: none; margin: 0; padding: 0; color: #484949; }
.app-live { color: inherit; text-decoration: underline dotted #12436d 1.5px;
  text-underline-offset: 4px; }
.app-live--note { text-decoration: none; }
.app-missing { color: #801650; background: none; font-weight: bold; }
.app-figure { margin: 0; }
.app-figure__sub, figcaption { color: #484949; }
.app-figure svg { display: block; max-width: 100%; overflow: visible; }
.app-quiet { color: #484949; }
.govuk-list:not(.govuk-list--bullet, .govuk-list--number) { list-style: none; margin: 0;
  padding: 0; }
.app-hash { font-family: "Liberation Mono", monospace; }
)css";

constexpr html::Literal screen = R"css(
:root { --n: 28px; }
body { font-size: 19px; line-height: 1.5; padding: 30px 15px 60px; }
a:focus { outline: 3px solid #fd0; color: #0b0c0c; background: #fd0; }
.app-doc { max-width: 1040px; margin: 0 auto; overflow-wrap: break-word; }
.app-doc__in { margin-left: var(--n); }
h1 { font-size: 32px; line-height: 1.15; margin: 0 0 20px; }
h2 { font-size: 24px; line-height: 1.25; margin: 40px 0 15px var(--n); }
h3 { font-size: 19px; margin: 20px 0 2px; }
.app-doc > h3 { margin-left: var(--n); }
.app-measure { max-width: 36em; }
.app-cover__to { margin: 0 0 15px; font-size: 16px; }
.app-para { display: grid; grid-template-columns: var(--n) minmax(0, 1fr); margin: 0 0 16px; }
.app-para > div { max-width: 36em; overflow-wrap: anywhere; }
.app-notes { grid-column: 2; margin-top: 8px; font-size: 14px; line-height: 1.3; }
.app-notes li { margin-bottom: 6px; }
.app-figure { margin-bottom: 20px; }
.app-figure svg { height: auto; margin: 5px 0 12px; }
.app-figure__sub, figcaption, details, .app-table, caption { font-size: 16px; line-height: 1.35; }
.app-figure__sub { margin: 0 0 8px; }
.app-table { width: 100%; margin: 0 0 30px; }
.app-table th, .app-table td { padding: 4px 14px 4px 0; overflow-wrap: anywhere; }
caption { padding-bottom: 8px; }
.app-hash { font-size: 14px; }
.only-narrow { display: none !important; }
@media (max-width: 640.9px) {
  .only-wide { display: none !important; }
  .only-narrow { display: block !important; }
  .app-table--cards caption, .app-table--cards tbody, .app-table--cards tr { display: block; }
  .app-table--cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .app-table--cards tr { padding: 12px 0; border-bottom: 1px solid #0b0c0c; }
  .app-table--cards th, .app-table--cards td { display: block; border: 0; padding: 3px 0; }
  .app-table--cards td[data-label] { position: relative; padding-left: 40%; }
  .app-table--cards td::before { content: attr(data-label); position: absolute; left: 0;
    width: 38%; color: #484949; }
}
@media (min-width: 641px) { :root { --n: 42px; } }
@media (min-width: 769px) {
  .app-para { grid-template-columns: var(--n) minmax(0, 36em) 270px; }
  .app-para--figure { grid-template-columns: var(--n) minmax(0, 1fr); }
  .app-notes { grid-column: 3; margin: 3px 0 0 40px; }
}
@media print {
  body { font-size: 11pt; padding: 0; }
  .app-para { grid-template-columns: var(--n) minmax(0, 1fr) 150px; break-inside: avoid; }
  .app-notes { grid-column: 3; margin: 2px 0 0 20px; font-size: 8pt; }
  details::details-content { content-visibility: visible; display: block; }
}
)css";

// WeasyPrint has no grid: the notes stand in the margin as cells.
constexpr html::Literal paper = R"css(
@page { size: A4; margin: 22mm 16mm 20mm;
  @top-left { content: string(organisation); font: 8.5pt arial, "Liberation Sans", sans-serif;
    color: #484949; }
  @top-right { content: string(title); font: 8.5pt arial, "Liberation Sans", sans-serif;
    color: #484949; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages);
    font: 8.5pt arial, "Liberation Sans", sans-serif; color: #484949; } }
@page :first { @top-left { content: none; } @top-right { content: none; } }
@page wide { size: A4 landscape; }
html { font-size: 10.5pt; line-height: 1.42; }
.app-organisation { string-set: organisation content(); margin: 0 0 10mm; font-weight: bold; }
h1 { string-set: title content(); font-size: 20pt; line-height: 1.2; margin: 5mm 0 6mm; }
h2 { font-size: 14pt; margin: 8mm 0 3mm; }
h3 { font-size: 10.5pt; margin: 0 0 1mm; }
.app-cover__to { margin: 0; } .app-measure { padding-right: 40mm; }
.app-para { display: table; table-layout: fixed; width: 100%; margin: 0 0 3mm;
  break-inside: avoid; }
.app-para > * { display: table-cell; vertical-align: top; }
.app-para > .app-para__n, .app-para > span { width: 9mm; }
.app-para > .app-notes { width: 40mm; padding-left: 6mm; font-size: 7.5pt; line-height: 1.3; }
.app-notes li { margin-bottom: 1mm; }
.app-doc__in, .app-doc > h2 { margin-left: 9mm; } .app-appendix, #appendix { margin-left: 0; }
.app-para.app-para--figure { display: block; margin: 2mm 0 6mm 9mm; break-inside: auto; }
.app-para--figure > .app-figure { display: block; } .app-para--figure > span { display: none; }
.app-figure svg { width: 150mm; margin: 2mm 0; break-inside: avoid; }
.app-figure__sub { break-after: avoid; }
.app-figure p { margin: 0 0 1.5mm; }
.app-figure__sub, figcaption, table { font-size: 8.5pt; line-height: 1.3; }
.app-figure table { margin: 1mm 0 2mm; } .app-figure td, .app-figure th { white-space: nowrap; }
th, td { padding: .7mm 3mm .7mm 0; } tr { break-inside: avoid; }
caption { padding-bottom: 1mm; }
#appendix { page: wide; break-before: page; }
.app-appendix { page: wide; } .app-appendix table { width: 100%; margin: 0 0 8mm;
  font-size: 7.5pt; }
.app-appendix .app-hash { font-size: 6.5pt; }
)css";

} // namespace

html::Html screen_style() {
    return html::Html{shared} + html::Html{screen};
}

html::Html print_style() {
    return html::Html{shared} + html::Html{paper};
}

} // namespace wardmote::document
