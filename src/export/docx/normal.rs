//! Brings one XML part made by docx-rs into the order and shape the schema demands.
//!
//! A part is read into a small tree, mended and written out; the text in it is never decoded.

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::broken;
use crate::export::ExportError;

/// An element with attribute values and text as they stand in the file, escapes included.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn new<const N: usize>(name: &str, attributes: [(&str, &str); N]) -> Self {
        Self {
            name: name.to_owned(),
            attributes: attributes
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            children: Vec::new(),
        }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(other, _)| other == name)?;
        Some(value)
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.attributes.retain(|(other, _)| other != name);
        self.attributes.push((name.to_owned(), value.to_owned()));
    }

    /// Drops the children of that name.
    pub(super) fn remove(&mut self, name: &str) {
        self.children
            .retain(|node| !matches!(node, Node::Element(child) if child.name == name));
    }

    pub(super) fn push(&mut self, child: Element) {
        self.children.push(Node::Element(child));
    }

    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of that name, made when there is none.
    pub(super) fn child(&mut self, name: &str) -> Option<&mut Element> {
        if !self.elements_mut().any(|child| child.name == name) {
            self.push(Element::new(name, []));
        }
        self.elements_mut().find(|child| child.name == name)
    }

    /// Applies `mend` to this element and everything in it, outermost first.
    fn walk(&mut self, mend: &mut dyn FnMut(&mut Element)) {
        mend(self);
        for child in self.elements_mut() {
            child.walk(mend);
        }
    }

    fn is_hollow(&self) -> bool {
        self.children.is_empty() && HOLLOW.contains(&self.name.as_str())
    }

    /// Drops what no schema allows and sorts the children, innermost first.
    fn tidy(&mut self) {
        for child in self.elements_mut() {
            child.tidy();
        }
        self.children
            .retain(|node| !matches!(node, Node::Element(child) if child.is_hollow()));
        let typed_column = self.name == "w:gridCol";
        self.attributes.retain(|(name, _)| {
            let unused = name.starts_with("w14:")
                || name.starts_with("mc:")
                || (name.starts_with("xmlns:") && name != "xmlns:w" && name != "xmlns:r");
            let illegal = typed_column && name == "w:type";
            !unused && !illegal
        });
        if let Some((_, order)) = ORDERS.iter().find(|(parent, _)| *parent == self.name) {
            self.children.sort_by_key(|node| match node {
                Node::Element(child) => order
                    .split(' ')
                    .position(|name| child.name.strip_prefix("w:") == Some(name))
                    .unwrap_or(usize::MAX),
                Node::Text(_) => usize::MAX,
            });
        }
    }

    fn print(&self, out: &mut String) -> std::fmt::Result {
        write!(out, "<{}", self.name)?;
        for (name, value) in &self.attributes {
            write!(out, " {name}=\"{value}\"")?;
        }
        if self.children.is_empty() {
            return out.write_str("/>");
        }
        out.write_char('>')?;
        for node in &self.children {
            match node {
                Node::Element(child) => child.print(out)?,
                Node::Text(text) => out.write_str(text)?,
            }
        }
        write!(out, "</{}>", self.name)
    }
}

/// Property groups that mean nothing when empty, and are illegal in some places.
const HOLLOW: [&str; 5] = ["w:rPr", "w:pPr", "w:tcPr", "w:tblBorders", "w:trPr"];

/// The order of the children, by parent.
const ORDERS: [(&str, &str); 7] = [
    (
        "w:pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs bidi \
         adjustRightInd snapToGrid spacing ind jc textDirection textAlignment outlineLvl rPr sectPr",
    ),
    (
        "w:rPr",
        "rStyle rFonts b bCs i iCs caps strike dstrike vanish color spacing w kern position sz szCs \
         highlight u bdr shd fitText vertAlign lang specVanish",
    ),
    (
        "w:tblPr",
        "tblStyle tblpPr tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook \
         tblCaption tblDescription",
    ),
    (
        "w:trPr",
        "gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader jc hidden",
    ),
    (
        "w:tcPr",
        "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign hideMark",
    ),
    (
        "w:sectPr",
        "headerReference footerReference type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols \
         vAlign titlePg textDirection docGrid",
    ),
    (
        "w:style",
        "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr \
         trPr tcPr tblStylePr",
    ),
];

/// Mends a part: `patch` sees every element first, then order and leftovers are put right.
pub(super) fn normalise(
    part: &[u8],
    patch: &mut dyn FnMut(&mut Element),
) -> Result<Vec<u8>, ExportError> {
    let mut root = parse(part)?;
    root.walk(patch);
    root.tidy();
    let mut out = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#.to_owned();
    root.print(&mut out).map_err(broken)?;
    Ok(out.into_bytes())
}

fn parse(part: &[u8]) -> Result<Element, ExportError> {
    let mut reader = Reader::from_str(std::str::from_utf8(part).map_err(broken)?);
    let mut open = vec![Element::default()];
    loop {
        let node = match reader.read_event().map_err(broken)? {
            Event::Start(start) => {
                open.push(element(&start)?);
                continue;
            }
            Event::Empty(start) => Node::Element(element(&start)?),
            Event::End(_) => match open.pop() {
                Some(closed) => Node::Element(closed),
                None => continue,
            },
            Event::Text(text) => Node::Text(utf8(&text)?),
            Event::GeneralRef(name) => Node::Text(format!("&{};", utf8(&name)?)),
            Event::Eof => break,
            _ => continue,
        };
        if let Some(parent) = open.last_mut() {
            parent.children.push(node);
        }
    }
    let root = open.into_iter().flat_map(|outside| outside.children);
    root.into_iter()
        .find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
        .ok_or_else(|| broken("部件是空的"))
}

fn element(start: &BytesStart<'_>) -> Result<Element, ExportError> {
    let attributes = start
        .attributes()
        .map(|attribute| {
            let attribute = attribute.map_err(broken)?;
            Ok((utf8(attribute.key.as_ref())?, utf8(&attribute.value)?))
        })
        .collect::<Result<_, ExportError>>()?;
    Ok(Element {
        name: utf8(start.name().as_ref())?,
        attributes,
        children: Vec::new(),
    })
}

fn utf8(bytes: &[u8]) -> Result<String, ExportError> {
    Ok(std::str::from_utf8(bytes).map_err(broken)?.to_owned())
}
