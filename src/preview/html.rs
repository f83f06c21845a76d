//! A piece of a page: an `article` of paragraphs and tables, whose style sheet reaches nothing else.
//!
//! The page's variables go before our colours: `--chek54-paper`, `--chek54-ink`, `--chek54-muted`, `--chek54-rule`,
//! `--chek54-warn`, `--chek54-font`, `--chek54-width`. Where a Content-Security-Policy forbids the style sheet, the tables
//! stay what they are.

use super::layout::{Kind, Layout, Row};
use super::{Theme, escape, fill, modules};
use crate::message::Lang;
use crate::qr;

/// Colours as custom properties of our own, so that a theme is a list of them and the page's win.
const LIGHT: &str = "--p:#fff;--i:#1a1a1a;--m:#5f5c57;--r:#cfcbc2;--w:#b3261e;color-scheme:light";
const DARK: &str = "--p:#1e1f22;--i:#e9e7e2;--m:#aaa69e;--r:#45474c;--w:#ffa198;color-scheme:dark";
const STYLE: &str = ".chek54{position:relative;isolation:isolate;overflow:hidden;box-sizing:border-box;\
max-width:var(--chek54-width,24rem);margin:0 auto;padding:1.25em 1.1em;border:1px solid var(--chek54-rule,var(--r));\
border-radius:3px;background:var(--chek54-paper,var(--p));color:var(--chek54-ink,var(--i));\
font:.875rem/1.4 var(--chek54-font,ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace);text-align:start}\
.chek54 p{margin:0;text-align:center;overflow-wrap:anywhere}\
.chek54 .chek54-title{font-weight:700;letter-spacing:.04em}\
.chek54 .chek54-head+.chek54-title{margin-top:.7em}\
.chek54 .chek54-note{margin-top:.7em;color:var(--chek54-muted,var(--m))}\
.chek54 .chek54-text{text-align:start}\
.chek54 .chek54-notice{margin:.8em 0 0;padding:.3em;border:1px solid;font-weight:700;color:var(--chek54-warn,var(--w))}\
.chek54 table{margin:.8em 0 0;padding:.7em 0 0;border:0;border-top:1px dashed var(--chek54-rule,var(--r));\
font:inherit;color:inherit;background:none}\
.chek54 :is(table,tbody){display:block;width:auto}\
.chek54 tr{display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:1em}\
.chek54 caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
.chek54 :is(tr,tbody){background:none}\
.chek54 :is(th,td){padding:0;border:0;background:none;color:inherit;font-weight:400;text-align:start;vertical-align:top;\
overflow-wrap:anywhere}\
.chek54 :is(th,td){display:block;min-width:0;max-width:100%}\
.chek54 td{margin-inline-start:auto;text-align:end;font-variant-numeric:tabular-nums}\
.chek54 :is(.chek54-sum,.chek54-total,.chek54-money) td{white-space:nowrap}\
.chek54 tbody+tbody .chek54-name th{padding-top:.5em}\
.chek54 :is(.chek54-detail,.chek54-sum) th{padding-inline-start:.8em}\
.chek54 .chek54-detail{color:var(--chek54-muted,var(--m))}\
.chek54 .chek54-total :is(th,td){padding-bottom:.2em;font-size:1.2em;font-weight:700}\
.chek54 .chek54-qr{display:block;width:62%;max-width:14rem;margin:1em auto 0}\
.chek54[data-stamp]::before{content:attr(data-stamp);position:absolute;z-index:-1;top:50%;left:50%;\
transform:translate(-50%,-50%) rotate(-28deg);font:700 2.2rem/1 sans-serif;white-space:nowrap;opacity:.13;\
color:var(--chek54-warn,var(--w))}\
@media print{.chek54.chek54{";
const AFTER: &str = ";border:0;max-width:none}.chek54 tr{break-inside:avoid}}";

#[inline(never)]
pub(super) fn paint(layout: &Layout, theme: Theme) -> String {
    let lang = if layout.lang == Lang::Ru { "ru" } else { "en" };
    let mut out = String::with_capacity(4096);
    let theme_name = theme.name();
    fill(&mut out, "<article class=\"chek54 chek54-^\" lang=\"^\" dir=\"ltr\" aria-label=\"", &[], &[theme_name, lang]);
    escape(&mut out, &layout.name);
    if !layout.is_fiscal {
        fill(&mut out, "\" data-stamp=\"^", &[], &[layout.stamp]);
    }
    // Each theme is a class of its own: receipts of several may stand in a page.
    let colours = if theme == Theme::Dark { DARK } else { LIGHT };
    fill(&mut out, "\"><style>.chek54-^{^}", &[], &[theme_name, colours]);
    if theme == Theme::Auto {
        fill(&mut out, "@media (prefers-color-scheme:dark){.chek54-auto{^}}", &[], &[DARK]);
    }
    for part in [STYLE, LIGHT, AFTER, "</style>"] {
        out.push_str(part);
    }
    let mut table = Table::Closed;
    for row in &layout.rows {
        table = paint_row(row, table, &mut out);
    }
    table.close(&mut out);
    out.push_str("</article>");
    out
}

/// What the rows before have opened.
#[derive(Clone, Copy)]
enum Table<'l> {
    Closed,
    /// A table of this name is wanted as soon as there is a row for it.
    Wanted(&'l str),
    /// With a group of rows in it.
    Open,
}

impl Table<'_> {
    fn close(self, out: &mut String) {
        if let Self::Open = self {
            out.push_str("</tbody></table>");
        }
    }
}

#[inline(never)]
fn paint_row<'l>(row: &'l Row, mut table: Table<'l>, out: &mut String) -> Table<'l> {
    let class = row.kind.name();
    match row.kind {
        Kind::Section => {
            table.close(out);
            return Table::Wanted(&row.left);
        }
        Kind::Head | Kind::Title | Kind::Note | Kind::Notice | Kind::Text | Kind::Qr => {
            table.close(out);
            if row.kind == Kind::Qr {
                code(&row.left, out);
            } else {
                let role = if row.kind == Kind::Notice { "\" role=\"note" } else { "" };
                fill(out, "<p class=\"chek54-^^\">", &[], &[class, role]);
                escape(out, &row.left);
                out.push_str("</p>");
            }
            return Table::Closed;
        }
        _ => {}
    }
    match table {
        Table::Closed => out.push_str("<table><tbody>"),
        Table::Wanted(name) => fill(out, "<table><caption>^</caption><tbody>", &[], &[name]),
        Table::Open if row.kind == Kind::Name => out.push_str("</tbody><tbody>"),
        Table::Open => {}
    }
    table = Table::Open;
    let scope = if row.kind == Kind::Name { "rowgroup" } else { "row" };
    let span = if row.right.is_empty() { "\" colspan=\"2" } else { "" };
    fill(out, "<tr class=\"chek54-^\"><th scope=\"^^\">", &[], &[class, scope, span]);
    escape(out, &row.left);
    if !row.right.is_empty() {
        out.push_str("</th><td>");
        escape(out, &row.right);
    }
    out.push_str(if row.right.is_empty() { "</th></tr>" } else { "</td></tr>" });
    table
}

const QR: &str = "<svg class=\"chek54-qr\" viewBox=\"-4 -4 ~ ~\" role=\"img\" shape-rendering=\"crispEdges\" \
    aria-label=\"QR\"><path fill=\"#fff\" d=\"M-4-4h~v~h-~z\"/><path fill=\"#000\" d=\"";

fn code(text: &str, out: &mut String) {
    let Some(matrix) = qr::matrix(text) else { return };
    fill(out, QR, &[matrix.len() + 8; 5], &[]);
    modules(out, &matrix);
    out.push_str("\"/></svg>");
}
