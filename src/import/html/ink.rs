//! Text in the colour of what is behind it, where a page says both beyond doubt.

use scraper::{ElementRef, Html};

/// A colour by its parts of red, green and blue.
type Rgb = [u8; 3];

/// What is behind a text where nothing else is said.
const PAPER: Rgb = [255; 3];
/// How far around an element colours are looked for; beyond it nothing is sure.
const INSIDE: usize = 200;
const OUTSIDE: usize = 64;

/// What is known of the colours of a page.
pub(super) struct PageInks {
    /// Whether no colour comes from anywhere but the elements themselves.
    are_plain: bool,
}

/// What an element puts behind its text.
enum TextGround {
    Nothing,
    Plain(Rgb),
    /// A picture, or a colour that cannot be told.
    Other,
}

impl PageInks {
    pub fn of(html: &Html) -> Self {
        let mut elements = html.root_element().descendent_elements();
        let colours = elements.any(|element| match element.value().name() {
            "link" => {
                let kind = element.value().attr("rel").unwrap_or_default();
                kind.to_lowercase().contains("stylesheet")
            }
            "style" => {
                let sheet = element.text().collect::<String>().to_lowercase();
                ["color", "background", "@import"]
                    .iter()
                    .any(|word| sheet.contains(word))
            }
            _ => false,
        });
        Self {
            are_plain: !colours,
        }
    }

    /// Whether nothing of the text of an element can be seen.
    pub fn hide(&self, element: ElementRef<'_>) -> bool {
        let Some(ink) = ink_of(element) else {
            return false;
        };
        let mut inner = element.descendent_elements().skip(1);
        let may_differ = |inner: ElementRef<'_>| !self.are_plain || has_colours(inner);
        if inner.by_ref().take(INSIDE).any(may_differ) || inner.next().is_some() {
            return false;
        }
        let outer = element.ancestors().filter_map(ElementRef::wrap);
        let mut around = std::iter::once(element).chain(outer);
        for element in around.by_ref().take(OUTSIDE) {
            match ground_of(element) {
                TextGround::Plain(ground) => return ground == ink,
                TextGround::Nothing if self.are_plain => {}
                TextGround::Nothing | TextGround::Other => return false,
            }
        }
        around.next().is_none() && ink == PAPER
    }
}

/// The declarations of an element, in lower case and in their order.
fn declarations(element: ElementRef<'_>) -> Vec<(String, String)> {
    let style = element.value().attr("style").unwrap_or_default();
    let style = style.to_lowercase();
    let parts = style.split(';').filter_map(|part| part.split_once(':'));
    let bare = |text: &str| text.trim().trim_end_matches("!important").trim().to_owned();
    parts
        .map(|(name, value)| (bare(name), bare(value)))
        .collect()
}

/// The colour that an element gives its text, where it is a plain one.
fn ink_of(element: ElementRef<'_>) -> Option<Rgb> {
    let written = element.value();
    let attribute = written.attr("color").filter(|_| written.name() == "font");
    let mut ink = attribute.map(str::to_lowercase);
    for (name, value) in declarations(element) {
        match name.as_str() {
            "color" => ink = Some(value),
            "text-shadow" | "filter" | "-webkit-text-fill-color" | "mix-blend-mode" => return None,
            _ => {}
        }
    }
    colour(&ink?)
}

fn ground_of(element: ElementRef<'_>) -> TextGround {
    let written = element.value();
    if written.attr("background").is_some() {
        return TextGround::Other;
    }
    let of = |value: &str| match value {
        "transparent" | "none" => TextGround::Nothing,
        value => colour(value).map_or(TextGround::Other, TextGround::Plain),
    };
    let attribute = written.attr("bgcolor").map(str::to_lowercase);
    let mut ground = attribute.map_or(TextGround::Nothing, |value| of(&value));
    for (name, value) in declarations(element) {
        match name.as_str() {
            "background" | "background-color" => ground = of(&value),
            "background-image" if value != "none" => return TextGround::Other,
            // It may lie over anything.
            "position" if matches!(value.as_str(), "absolute" | "fixed") => {
                return TextGround::Other;
            }
            _ => {}
        }
    }
    ground
}

/// Whether an element may show its text in another colour than the one around it.
fn has_colours(element: ElementRef<'_>) -> bool {
    let written = element.value();
    let says = |name: &str| written.attr(name).is_some();
    let style = written.attr("style").unwrap_or_default().to_lowercase();
    matches!(written.name(), "a" | "mark")
        || says("color")
        || says("bgcolor")
        || says("background")
        || style.contains("color")
        || style.contains("background")
}

fn colour(text: &str) -> Option<Rgb> {
    match text {
        "white" => return Some([255; 3]),
        "black" => return Some([0; 3]),
        _ => {}
    }
    if let Some(digits) = text.strip_prefix('#') {
        let number = u32::from_str_radix(digits, 16).ok()?;
        let part =
            |number: u32, at: u32, size: u32| ((number >> (at * size)) & ((1 << size) - 1)) as u8;
        return match digits.len() {
            3 => Some([2, 1, 0].map(|at| part(number, at, 4) * 17)),
            6 => Some([2, 1, 0].map(|at| part(number, at, 8))),
            _ => None,
        };
    }
    let parts = text.strip_prefix("rgb(")?.strip_suffix(')')?;
    let parts: Vec<u8> = parts
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()?;
    parts.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::doc::Block;

    /// What is read of a page that shows this behind a 4.
    fn shown(head: &str, behind: &str) -> String {
        let page =
            format!("{head}<h1>甲乡2031年工作年度报告</h1><p>一、甲</p><div>4{behind}</div>");
        let doc = read(page.as_bytes()).unwrap();
        let Some(Block::Paragraph(text)) = doc.blocks.last() else {
            panic!("{doc:?}");
        };
        text.clone()
    }

    #[test]
    fn text_in_the_colour_of_its_ground_is_not_read() {
        for unseen in [
            "<span style='color: #FFF'>9</span>",
            "<font color='#ffffff'>9</font>",
            "<b style='background:#fff'><span style='color:rgb(255, 255, 255)'><i>9</i></span></b>",
            "<span style='color:white !important; background-color:#ffffff'>9</span>",
            "<span style='background:#000; color:black'>9</span>",
        ] {
            assert_eq!(shown("", unseen), "4", "{unseen}");
        }
        let sheet = "<style>span { color: red }</style>";
        let both = "<span style='color:white;background:white'>9</span>";
        assert_eq!(shown(sheet, both), "4");
    }

    #[test]
    fn text_that_may_be_seen_is_read() {
        for seen in [
            "<span style='color:#fffff0'>9</span>",
            "<span style='color:inherit;background:inherit'>9</span>",
            "<span style='color:white;background:url(a.png)'>9</span>",
            "<span style='color:white;background:#00f'>9</span>",
            "<b bgcolor='blue'><span style='color:white'>9</span></b>",
            "<b style='background-image:url(a.png)'><span style='color:white'>9</span></b>",
            "<span style='color:white'><i style='color:black'>9</i></span>",
            "<span style='color:white'><a href='#a'>9</a></span>",
            "<span style='color:white;text-shadow:0 0 1px black'>9</span>",
        ] {
            assert_eq!(shown("", seen), "49", "{seen}");
        }
        let white = "<span style='color:white'>9</span>";
        for head in [
            "<style>div { background: navy }</style>",
            "<link rel='stylesheet' href='a.css'>",
        ] {
            assert_eq!(shown(head, white), "49", "{head}");
        }
    }
}
