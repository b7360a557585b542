//! Web pages: the part of a page that holds the headings and tables, without the site around it.
//!
//! It knows no form and no report.

mod bounds;
mod content;
mod ink;
mod lists;
mod parts;

use scraper::{ElementRef, Html, Node};

use self::bounds::{is_shallow, without_long_tags};
use self::content::{ShownContent, content, hidden_text, is_raised};
use self::lists::OpenLists;
pub(super) use self::parts::{Part, split_tables};
use super::assemble::{Piece, assemble, first_part};
use super::grid::{GridBuilder, push_line};
use super::title::{self, dated_title, is_dated_title};
use super::{ImportError, decode, known};
use crate::doc::Doc;
use crate::doc::normal::raised;

/// The largest page that is read, in bytes, its pictures not counted.
const LARGEST: usize = 6 * 1024 * 1024;

/// What the site around the report is called.
const AROUND: &str = "网页上报告以外的文字";

/// What a page has and does not show is called.
const HIDDEN: &str = "网页上不显示或划掉的文字";

/// Reads a web page.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    let text = decode::decode(bytes).ok_or_else(|| ImportError::Binary { known: known() })?;
    let text = without_long_tags(&text);
    if text.len() > LARGEST || !is_shallow(&text) {
        return Err(ImportError::TooLarge);
    }
    let html = Html::parse_document(&text);
    let shown = ShownContent::of(&html);
    let content = content(&html, &shown).unwrap_or_else(|| html.root_element());
    let mut page = PageWalk::new(shown);
    page.walk(html.root_element(), content);
    if page.pieces.is_empty() {
        return Err(ImportError::Empty);
    }
    let mut pieces = std::mem::take(&mut page.pieces);
    let first = first_part(&pieces);
    let own = title::find(pieces.get(..first).unwrap_or_default());
    if own.lines.is_empty()
        && let Some(title) = page.title()
    {
        pieces.insert(0, Piece::Text(title, Some(0)));
    }
    let around = |lines: &[String]| Piece::Out(AROUND, lines.join("\n"));
    if !page.above.is_empty() {
        pieces.insert(0, around(&page.above));
    }
    if !page.below.is_empty() {
        pieces.push(around(&page.below));
    }
    Ok(assemble(pieces))
}

/// Reads a piece of a page that stands in another text.
pub(super) fn fragment(markup: &str) -> Result<Vec<Piece>, ImportError> {
    let markup = without_long_tags(markup);
    if markup.len() > LARGEST || !is_shallow(&markup) {
        return Err(ImportError::TooLarge);
    }
    let html = Html::parse_fragment(&markup);
    let mut page = PageWalk::new(ShownContent::of(&html));
    page.walk(html.root_element(), html.root_element());
    Ok(page.pieces)
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "nav"
            | "main"
            | "aside"
            | "blockquote"
            | "pre"
            | "center"
            | "form"
            | "br"
            | "hr"
            | "body"
            | "caption"
            | "title"
            | "figure"
            | "address"
    )
}

/// What the walk through the page is in the middle of.
struct PageWalk {
    shown: ShownContent,
    /// The title of the window.
    window: String,
    /// The lines before the content.
    above: Vec<String>,
    /// The lines behind the content.
    below: Vec<String>,
    /// What is finished outside all tables.
    pieces: Vec<Piece>,
    /// What is finished in the open cell of each open table.
    cells: Vec<Vec<Piece>>,
    tables: Vec<GridBuilder>,
    text: String,
    level: Option<u8>,
    lists: OpenLists,
    /// How many elements that raise their text are open.
    raised: usize,
    inside: bool,
    left: bool,
}

impl PageWalk {
    fn new(shown: ShownContent) -> Self {
        Self {
            shown,
            window: String::new(),
            above: Vec::new(),
            below: Vec::new(),
            pieces: Vec::new(),
            cells: Vec::new(),
            tables: Vec::new(),
            text: String::new(),
            level: None,
            lists: OpenLists::default(),
            raised: 0,
            inside: false,
            left: false,
        }
    }

    /// The title above the content, where it may stand in two lines; else that of the window.
    fn title(&self) -> Option<String> {
        let above: Vec<&str> = self.above.iter().map(String::as_str).collect();
        if let Some(title) = dated_title(&above) {
            return Some(title);
        }
        let parts = self.window.split(['_', '|', '-', '—', '–']);
        let named = parts.map(str::trim).find(|part| is_dated_title(part));
        named.map(str::to_owned)
    }

    fn walk(&mut self, root: ElementRef<'_>, content: ElementRef<'_>) {
        let mut next = Some(*root);
        while let Some(node) = next {
            let mut descend = true;
            match node.value() {
                Node::Element(element)
                    if ElementRef::wrap(node).is_some_and(|it| self.shown.leaves_out(it)) =>
                {
                    descend = false;
                    // Its end comes like that of every element, so that it must be begun.
                    if element.name() == "tr"
                        && let Some(table) = self.tables.last_mut().filter(|_| self.inside)
                    {
                        table.start_row();
                    }
                    let text = ElementRef::wrap(node).map(hidden_text).unwrap_or_default();
                    if self.inside && !text.is_empty() {
                        self.sink().push(Piece::Out(HIDDEN, text));
                    }
                }
                Node::Element(element) => {
                    if node.id() == content.id() {
                        self.flush();
                        self.inside = true;
                    }
                    self.raised += usize::from(is_raised(element));
                    self.open(element.name(), |name| element.attr(name));
                }
                Node::Text(text) => self.add(text),
                _ => {}
            }
            let child = node.first_child().filter(|_| descend);
            if child.is_some() {
                next = child;
                continue;
            }
            let mut at = node;
            next = loop {
                if let Node::Element(element) = at.value() {
                    self.close(element.name());
                    let was_read = descend || at.id() != node.id();
                    self.raised -= usize::from(was_read && is_raised(element));
                    if at.id() == content.id() {
                        self.flush();
                        (self.inside, self.left) = (false, true);
                    }
                }
                if at.id() == root.id() {
                    break None;
                }
                if let Some(sibling) = at.next_sibling() {
                    break Some(sibling);
                }
                let Some(parent) = at.parent() else {
                    break None;
                };
                at = parent;
            };
        }
    }

    fn open<'a>(&mut self, name: &str, attribute: impl Fn(&str) -> Option<&'a str>) {
        let span = |name: &str| attribute(name).and_then(|span| span.trim().parse().ok());
        if is_block(name) {
            self.flush();
        }
        self.lists.open(name, &attribute);
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            self.level = Some(level);
        }
        if !self.inside {
            return;
        }
        match name {
            "table" => {
                self.flush();
                self.tables.push(GridBuilder::default());
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.start_row();
                }
            }
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.span(span("colspan").unwrap_or(1));
                    table.span_rows(span("rowspan").unwrap_or(1));
                    self.cells.push(Vec::new());
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "title" && !self.inside {
            self.window = std::mem::take(&mut self.text);
        }
        // A caption that repeats the heading above it is there for screen readers.
        if name == "caption" && self.repeats_heading() {
            self.text.clear();
        }
        if is_block(name) {
            self.flush();
        }
        self.lists.close(name);
        if name.starts_with('h') {
            self.level = None;
        }
        if !self.inside {
            return;
        }
        match name {
            "td" | "th" => {
                self.flush();
                if let Some(table) = self.tables.last_mut() {
                    table.push(self.cells.pop().unwrap_or_default());
                }
            }
            "table" => {
                self.flush();
                if let Some(table) = self.tables.pop() {
                    self.sink().extend(table.finish());
                }
            }
            _ => {}
        }
    }

    /// Adds text as a browser would show it: blanks run together, and vanish where a line of
    /// Chinese was broken in the source.
    fn add(&mut self, text: &str) {
        let mut blank = None;
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                let broken = blank.unwrap_or(false) || c == '\n';
                blank = Some(broken);
                continue;
            }
            self.add_blank(blank.take());
            self.text.push(if self.raised > 0 { raised(c) } else { c });
        }
        self.add_blank(blank);
    }

    fn add_blank(&mut self, blank: Option<bool>) {
        let chinese = self.text.chars().next_back().is_some_and(|c| !c.is_ascii());
        match blank {
            Some(broken) if !(self.text.is_empty() || (broken && chinese)) => self.text.push(' '),
            _ => {}
        }
    }

    fn sink(&mut self) -> &mut Vec<Piece> {
        self.cells.last_mut().unwrap_or(&mut self.pieces)
    }

    fn repeats_heading(&self) -> bool {
        let above = self.cells.last().unwrap_or(&self.pieces);
        matches!(above.last(), Some(Piece::Text(text, _)) if text.trim() == self.text.trim())
    }

    /// Ends the line that is open.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = self.lists.numbered(text);
        let level = self.level;
        if self.inside {
            push_line(self.sink(), &text, level);
        } else if !text.trim().is_empty() {
            let around = if self.left {
                &mut self.below
            } else {
                &mut self.above
            };
            around.push(text.trim().to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Block;

    #[test]
    fn the_site_around_the_report_is_left_out() {
        let page = "<html><head><title>甲网</title><script>var a='一、乙';</script></head><body>
            <ul><li>首页</li><li>要闻</li></ul><h1>甲乡2024年工作年度报告</h1><div class=a>
            <p>一、甲</p><p>有些\n文字。</p><table><tr><td>乙<td>1<tr><td>丙<td>2</table>
            </div><div>版权所有</div></body></html>";
        let doc = read(page.as_bytes()).unwrap();
        assert_eq!(doc.title, "甲乡2024年工作年度报告");
        let texts: Vec<_> = doc
            .blocks
            .iter()
            .map(|block| match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => text.clone(),
                Block::Table(table) => format!("{}×{}", table.rows, table.columns),
            })
            .collect();
        assert_eq!(texts, ["一、甲", "有些文字。", "2×2"]);
    }

    #[test]
    fn what_a_reader_of_the_page_sees_is_read() {
        let page = "<style>.old, p.x { display : none } @media print{.a{display:none}}</style>
            <h1>甲乡2031年工作年度报告</h1><p>一、甲</p><p class=x>隐。</p><p class=a>见。</p>
            <ol><li>子。<li value=5><p>丑。</p><li>9.寅。</ol><ol style='list-style:none'><li>卯。</ol>
            <p>9<del>8</del><s>7</s><span style='text-decoration: line-through'>6</span>。</p>
            <p>3<span style='vertical-align: super'>4</span>。</p>
            <table><tr><td>乙<td>1<sup>2</sup><tr style='display:none'><td>辰<td>8</table>
            <div class=old><h1>甲乡2030年工作年度报告</h1><p>一、甲</p><table><tr><td>乙<td>9</table></div>";
        let doc = read(page.as_bytes()).unwrap();
        assert_eq!(doc.title, "甲乡2031年工作年度报告");
        let mut texts = Vec::new();
        for block in &doc.blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => texts.push(text.as_str()),
                Block::Table(table) => {
                    texts.extend(table.cells.iter().map(|cell| cell.text.as_str()));
                }
            }
        }
        let seen = [
            "一、甲",
            "见。",
            "1.子。",
            "5.丑。",
            "9.寅。",
            "卯。",
            "9。",
            "3⁴。",
            "乙",
            "1²",
        ];
        assert_eq!(texts, seen);
        let left: Vec<&str> = doc.left_out.iter().map(|left| left.text.as_str()).collect();
        let left = left.concat();
        assert!(
            left.contains('7')
                && left.contains('6')
                && left.contains("隐。")
                && left.contains('辰')
                && left.contains("2030年"),
            "{left}"
        );
    }

    #[test]
    fn a_hostile_page_is_refused() {
        assert_eq!(
            read("<div>".repeat(100_000).as_bytes()),
            Err(ImportError::TooLarge)
        );
        assert_eq!(read(b"<html></html>"), Err(ImportError::Empty));
    }
}
