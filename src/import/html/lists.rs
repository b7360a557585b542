//! The numbers that a browser puts before the items of lists. It knows no report.

use crate::import::assemble::numbered_level;

/// The open lists, and the number that waits for the text of its item.
#[derive(Default)]
pub(super) struct OpenLists {
    open: Vec<Option<OpenList>>,
    waiting: Option<String>,
}

struct OpenList {
    next: i64,
    kind: String,
}

impl OpenLists {
    /// An element begins.
    pub fn open<'a>(&mut self, name: &str, attribute: &impl Fn(&str) -> Option<&'a str>) {
        let style: String = attribute("style").unwrap_or_default().to_lowercase();
        let bare = style.contains("list-style") && style.contains("none");
        match name {
            "ol" => self.open.push((!bare).then(|| {
                OpenList {
                    next: attribute("start")
                        .and_then(|start| start.trim().parse().ok())
                        .unwrap_or(1),
                    kind: attribute("type").unwrap_or("1").to_owned(),
                }
            })),
            "ul" | "menu" => self.open.push(None),
            "li" => {
                self.waiting = None;
                let Some(Some(list)) = self.open.last_mut() else {
                    return;
                };
                let own = attribute("value").and_then(|value| value.trim().parse().ok());
                let number = own.unwrap_or(list.next);
                list.next = number.saturating_add(1);
                self.waiting = (!bare).then(|| format!("{}.", shown(number, &list.kind)));
            }
            _ => {}
        }
    }

    /// An element ends.
    pub fn close(&mut self, name: &str) {
        match name {
            "ol" | "ul" | "menu" => {
                self.open.pop();
                self.waiting = None;
            }
            "li" => self.waiting = None,
            _ => {}
        }
    }

    /// A line of text with the number that stands before it; one that has its own keeps it.
    pub fn numbered(&mut self, text: String) -> String {
        if text.trim().is_empty() {
            return text;
        }
        match self.waiting.take() {
            Some(number) if !has_number(text.trim()) => format!("{number}{}", text.trim()),
            _ => text,
        }
    }
}

fn has_number(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    numbered_level(text).is_some()
        || text.starts_with(['（', '(', '第'])
        || (digits.len() < text.len() && digits.starts_with(['.', '．', '、']))
}

fn shown(number: i64, kind: &str) -> String {
    let letter = |first: u8| {
        let step = u8::try_from(number - 1).ok().filter(|step| *step < 26);
        step.map(|step| char::from(first + step).to_string())
    };
    let found = match kind {
        "a" => letter(b'a'),
        "A" => letter(b'A'),
        _ => None,
    };
    found.unwrap_or_else(|| number.to_string())
}
