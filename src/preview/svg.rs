//! A slip of paper as SVG: the lines of the text, each a `text` element as wide as its columns, whatever font there is.
//!
//! Colours are attributes, which every renderer and any Content-Security-Policy takes; only the theme that follows the
//! reader's own needs a style sheet.

use super::column::{Line, columns, lines};
use super::layout::{Kind, Layout};
use super::{Theme, escape, fill, modules};
use crate::qr;

/// Width of a column and what lies around the text, in units of the picture; a line of text is as high as its pitch.
const COLUMN: usize = 6;
const MARGIN: usize = 12;
const PITCH: usize = 13;
const TEETH: usize = 4;
/// A code's width in columns of the paper, of 100.
const CODE: usize = 62;

const SLIP: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chek54-^\" viewBox=\"0 0 ~ ~\" width=\"~mm\" \
    height=\"~.~mm\" direction=\"ltr\" role=\"img\"><title>";
/// Torn off above and below.
const PAPER: &str = "<path class=\"chek54-paper\" fill=\"^\" stroke=\"^\" stroke-width=\".5\" d=\"M0 4l^V~l^Z\"/>";
const INK: &str = "<g class=\"chek54-ink\" fill=\"^\" stroke=\"^\" stroke-width=\"0\" font-size=\"10\" font-family=\"\
    ui-monospace,'DejaVu Sans Mono','Liberation Mono','SF Mono',Menlo,Consolas,'Courier New',monospace\">";
const RULE: &str = "<path stroke-width=\".7\" stroke-dasharray=\"3 2\" d=\"M12 ~H~\"/>";
const TEXT: &str = "<text x=\"~\" y=\"~\" textLength=\"~\" lengthAdjust=\"spacingAndGlyphs\"^^^>";
const QR: &str = "<svg x=\"~\" y=\"~\" width=\"~\" height=\"~\" viewBox=\"-4 -4 ~ ~\" shape-rendering=\"crispEdges\">\
    <path fill=\"#fff\" d=\"M-4-4h~v~h-~z\"/><path fill=\"#000\" d=\"";
const STAMPS: &str = "<g class=\"chek54-warn\" fill=\"^\" fill-opacity=\".13\" font-family=\"sans-serif\" font-size=\"26\" \
    font-weight=\"bold\" text-anchor=\"middle\" pointer-events=\"none\" aria-hidden=\"true\">";
const STAMP: &str = "<text x=\"~\" y=\"~\" transform=\"rotate(-28 ~ ~)\" textLength=\"~\" \
    lengthAdjust=\"spacingAndGlyphs\">^</text>";

/// Paper, its edge, ink, notice.
const LIGHT: [&str; 4] = ["#fff", "#cfcbc2", "#1a1a1a", "#b3261e"];
const DARK: [&str; 4] = ["#1e1f22", "#3d3f44", "#e9e7e2", "#ffa198"];
const AUTO: &str = "<style>@media (prefers-color-scheme:dark){.chek54-auto .chek54-paper{fill:^;stroke:^}\
    .chek54-auto .chek54-ink{fill:^;stroke:^}.chek54-auto .chek54-warn{fill:^}}</style>";

#[inline(never)]
pub(super) fn paint(layout: &Layout, width: usize, theme: Theme) -> String {
    let (lines, wide) = (lines(layout, width), width * COLUMN + 2 * MARGIN);
    let [paper, edge, ink, warn] = if theme == Theme::Dark { DARK } else { LIGHT };
    let mut drawing = Drawing { width, wide, y: MARGIN + TEETH, warn, out: String::new() };
    for line in &lines {
        drawing.line(line);
    }
    let Drawing { y, out: painted, .. } = drawing;
    let high = y + MARGIN + TEETH;
    // As wide as the paper that has so many columns.
    let paper_width = if width < 40 { 58 } else { 80 };
    let tenths = high * paper_width * 10 / wide;
    let mut out = String::with_capacity(painted.len() + 2000);
    fill(&mut out, SLIP, &[wide, high, paper_width, tenths / 10, tenths % 10], &[theme.name()]);
    escape(&mut out, &layout.name);
    out.push_str("</title>");
    if theme == Theme::Auto {
        fill(&mut out, AUTO, &[], &[DARK[0], DARK[1], DARK[2], DARK[2], DARK[3]]);
    }
    let teeth = |tooth: &str| tooth.repeat(wide / COLUMN);
    fill(&mut out, PAPER, &[high - TEETH], &[paper, edge, &teeth("3-4 3 4 "), &teeth("-3 4-3-4")]);
    fill(&mut out, INK, &[], &[ink, ink]);
    out.push_str(&painted);
    out.push_str("</g>");
    if !layout.is_fiscal {
        // Across the paper, however long it is.
        fill(&mut out, STAMPS, &[], &[warn]);
        let count = (high / 320).max(1);
        for at in 0..count {
            let (x, y) = (wide / 2, high * (2 * at + 1) / (2 * count));
            fill(&mut out, STAMP, &[x, y, x, y, wide * 4 / 5], &[layout.stamp]);
        }
        out.push_str("</g>");
    }
    out.push_str("</svg>");
    out
}

struct Drawing {
    /// In columns, and in units.
    width: usize,
    wide: usize,
    y: usize,
    warn: &'static str,
    out: String,
}

impl Drawing {
    fn line(&mut self, line: &Line) {
        match line.kind {
            Kind::Section => {
                fill(&mut self.out, RULE, &[self.y + 5, self.wide - MARGIN], &[]);
                self.y += 11;
                return;
            }
            Kind::Qr => return self.code(&line.left),
            Kind::Name | Kind::Title => self.y += 2,
            _ => {}
        }
        // Around what is said across the paper there is some room.
        let room = if line.kind == Kind::Notice { 4 } else { 0 };
        self.y += PITCH + room;
        self.text(line, line.indent, &line.left);
        self.text(line, self.width.saturating_sub(columns(&line.right)), &line.right);
        self.y += room;
    }

    #[inline(never)]
    fn text(&mut self, line: &Line, column: usize, text: &str) {
        let taken = columns(text);
        if taken == 0 {
            return;
        }
        let (style, colour, end) = match line.kind {
            Kind::Title | Kind::Total => (" font-weight=\"bold\"", "", ""),
            Kind::Notice => (" font-weight=\"bold\" class=\"chek54-warn\" fill=\"", self.warn, "\""),
            Kind::Detail | Kind::Note => (" fill-opacity=\".75\"", "", ""),
            _ => ("", "", ""),
        };
        fill(&mut self.out, TEXT, &[MARGIN + column * COLUMN, self.y - 3, taken * COLUMN], &[style, colour, end]);
        escape(&mut self.out, text);
        self.out.push_str("</text>");
    }

    /// Dark on light, whatever the theme: many readers know no other.
    fn code(&mut self, text: &str) {
        let Some(matrix) = qr::matrix(text) else { return };
        let (side, size) = (self.wide * CODE / 100, matrix.len() + 8);
        fill(&mut self.out, QR, &[(self.wide - side) / 2, self.y + 8, side, side, size, size, size, size, size], &[]);
        modules(&mut self.out, &matrix);
        self.out.push_str("\"/></svg>");
        self.y += side + 12;
    }
}
