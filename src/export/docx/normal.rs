//! Brings one XML part made by docx-rs into the order and shape the schema demands.
//!
//! A part is read into a small tree, mended and written out; the text in it is never decoded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use super::broken;
use crate::export::ExportError;

/// An element with attribute values and text as they stand in the file, escapes included.
#[derive(Debug, Default)]
pub(super) struct Element<'a> {
    pub(super) name: Cow<'a, str>,
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    children: Vec<XmlNode<'a>>,
}

#[derive(Debug)]
enum XmlNode<'a> {
    Element(Element<'a>),
    Text(&'a str),
}

impl<'a> Element<'a> {
    pub(super) fn new<const N: usize>(
        name: &'static str,
        attributes: [(&'static str, &str); N],
    ) -> Self {
        let owned = |(name, value): (&'static str, &str)| (name.into(), value.to_owned().into());
        Self {
            name: name.into(),
            attributes: attributes.map(owned).into(),
            children: Vec::new(),
        }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(other, _)| other == name)?;
        Some(value)
    }

    pub(super) fn set(&mut self, name: &'static str, value: &str) {
        self.attributes.retain(|(other, _)| other != name);
        self.attributes.push((name.into(), value.to_owned().into()));
    }

    /// Drops the children of that name.
    pub(super) fn remove(&mut self, name: &str) {
        self.children
            .retain(|node| !matches!(node, XmlNode::Element(child) if child.name == name));
    }

    pub(super) fn push(&mut self, child: Self) {
        self.children.push(XmlNode::Element(child));
    }

    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// The first child of that name, made when there is none.
    pub(super) fn child(&mut self, name: &'static str) -> Option<&mut Self> {
        if !self.elements_mut().any(|child| child.name == name) {
            self.push(Element::new(name, []));
        }
        self.elements_mut().find(|child| child.name == name)
    }

    /// Applies `mend` to this element and everything in it, outermost first.
    fn walk(&mut self, mend: &mut dyn FnMut(&mut Element<'a>)) {
        mend(self);
        for child in self.elements_mut() {
            child.walk(mend);
        }
    }

    fn is_hollow(&self) -> bool {
        self.children.is_empty() && HOLLOW.contains(&self.name.as_ref())
    }

    /// Drops what no schema allows and sorts the children, innermost first.
    fn tidy(&mut self) {
        for child in self.elements_mut() {
            child.tidy();
        }
        self.children
            .retain(|node| !matches!(node, XmlNode::Element(child) if child.is_hollow()));
        let typed_column = self.name == "w:gridCol";
        self.attributes.retain(|(name, _)| {
            let unused = name.starts_with("w14:")
                || name.starts_with("mc:")
                || (name.starts_with("xmlns:") && name != "xmlns:w" && name != "xmlns:r");
            let illegal = typed_column && name == "w:type";
            !unused && !illegal
        });
        if self.children.len() < 2 {
            return;
        }
        if let Some((_, order)) = ORDERS.iter().find(|(parent, _)| *parent == self.name) {
            self.children.sort_by_cached_key(|node| match node {
                XmlNode::Element(child) => order
                    .split(' ')
                    .position(|name| child.name.strip_prefix("w:") == Some(name))
                    .unwrap_or(usize::MAX),
                XmlNode::Text(_) => usize::MAX,
            });
        }
    }

    fn print(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            for piece in [" ", name, "=\"", value, "\""] {
                out.push_str(piece);
            }
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                XmlNode::Element(child) => child.print(out),
                XmlNode::Text(text) => out.push_str(text),
            }
        }
        for piece in ["</", &self.name, ">"] {
            out.push_str(piece);
        }
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
pub(super) fn normalise<'a>(
    part: &'a [u8],
    patch: &mut dyn FnMut(&mut Element<'a>),
) -> Result<Vec<u8>, ExportError> {
    let part = std::str::from_utf8(part).map_err(broken)?;
    let mut root = parse(part)?;
    root.walk(patch);
    root.tidy();
    let mut out = String::with_capacity(part.len());
    out.push_str(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#);
    root.print(&mut out);
    Ok(out.into_bytes())
}

fn parse(part: &str) -> Result<Element<'_>, ExportError> {
    let mut reader = Reader::from_str(part);
    let mut open = vec![Element::default()];
    let mut place = 0;
    loop {
        let event = reader.read_event().map_err(broken)?;
        let end = usize::try_from(reader.buffer_position()).map_err(broken)?;
        let stretch = part.get(place..end).unwrap_or_default();
        place = end;
        let node = match event {
            Event::Start(_) => {
                open.push(element(stretch)?);
                continue;
            }
            Event::Empty(_) => XmlNode::Element(element(stretch)?),
            Event::End(_) => match open.pop() {
                Some(closed) => XmlNode::Element(closed),
                None => continue,
            },
            Event::Text(_) | Event::GeneralRef(_) => XmlNode::Text(stretch),
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
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
        .ok_or_else(|| broken("部件是空的"))
}

/// Reads the tag with which an element begins.
fn element(tag: &str) -> Result<Element<'_>, ExportError> {
    let tag = tag.trim_matches(['<', '>', '/']);
    let length = tag.find(char::is_whitespace).unwrap_or(tag.len());
    let mut attributes = Attributes::new(tag, length);
    // docx-rs repeats no attribute.
    let attributes = attributes.with_checks(false).map(|attribute| {
        let attribute = attribute.map_err(broken)?;
        let name = std::str::from_utf8(attribute.key.into_inner()).map_err(broken)?;
        let Cow::Borrowed(value) = attribute.value else {
            return Err(broken("部件读不懂"));
        };
        let value = std::str::from_utf8(value).map_err(broken)?;
        Ok((name.into(), value.into()))
    });
    Ok(Element {
        attributes: attributes.collect::<Result<_, ExportError>>()?,
        name: tag.get(..length).unwrap_or_default().into(),
        children: Vec::new(),
    })
}
