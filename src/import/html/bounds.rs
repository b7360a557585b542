//! What a page may cost: how deep it nests, how many tags and attributes it has.
//!
//! It looks at the text before the parser does, whose work grows faster than the page.

use std::borrow::Cow;

/// The most tags of a page, so that hostile nesting ends in time.
const TAGS: usize = 200_000;
/// The deepest nesting of a page.
const DEPTH: usize = 2_000;
/// How often the attributes of a tag may be compared with each other, in all.
const EFFORT: usize = 2_000_000_000;
/// The longest tag that is read, in bytes; only pictures inside the page are longer.
const TAG: usize = 64 * 1024;

/// The page with nothing but the names of tags too long to matter.
pub(super) fn without_long_tags(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let name = tag.bytes().skip(1).take_while(u8::is_ascii_alphanumeric);
        let length = 1 + name.count();
        let (tag, after) = tag.split_at(end);
        kept.push_str(before);
        if end > TAG && length > 1 {
            kept.push_str(tag.get(..length).unwrap_or_default());
            kept.push('>');
        } else {
            kept.push_str(tag);
        }
        rest = after;
    }
    if kept.is_empty() {
        return Cow::Borrowed(text);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Whether a page nests no deeper than pages do; unclosed tags of most kinds close each other.
pub(super) fn is_shallow(text: &str) -> bool {
    const NO_END: &[&str] = &[
        "p", "br", "img", "input", "meta", "link", "hr", "li", "td", "th", "tr", "option", "dt",
        "dd", "col", "area", "base", "param", "source", "wbr",
    ];
    let mut depth = 0_usize;
    let mut effort = 0_usize;
    for (count, tag) in text.split('<').skip(1).enumerate() {
        if count > TAGS {
            return false;
        }
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let inner = tag.split('>').next().unwrap_or_default();
            let attributes = inner.matches([' ', '\n', '\t', '/']).count();
            effort += attributes * attributes;
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
            let name = tag.get(..end.unwrap_or(tag.len())).unwrap_or_default();
            depth += usize::from(!NO_END.contains(&name.to_ascii_lowercase().as_str()));
        }
        if depth > DEPTH || effort > EFFORT {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_inside_a_page_is_not_read() {
        let page = format!("<p a=1>甲</p><img src='{}'>乙", "x/".repeat(TAG));
        assert_eq!(without_long_tags(&page), "<p a=1>甲</p><img>乙");
        assert_eq!(without_long_tags("1 < 2"), "1 < 2");
    }

    #[test]
    fn a_tag_with_too_many_attributes_is_too_much() {
        assert!(is_shallow("<p a=1 b=2>甲</p>"));
        assert!(!is_shallow(&format!("<p{}>", " a".repeat(50_000))));
        assert!(!is_shallow(&format!("<p{}>", "/a".repeat(50_000))));
    }
}
