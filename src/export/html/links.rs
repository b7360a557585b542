//! Addresses in a text as links. It knows addresses, no report.

use super::escape;

/// How an address begins that can be followed, and what it lacks.
const STARTS: [(&str, &str); 3] = [("https://", ""), ("http://", ""), ("www.", "http://")];

/// The markup of a text with its addresses as links.
pub(super) fn linked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end, target)) = next(rest) {
        let (Some(before), Some(address)) = (rest.get(..start), rest.get(start..end)) else {
            break;
        };
        out.push_str(&escape(before));
        out.push_str(&format!("<a href=\"{target}\">{}</a>", escape(address)));
        rest = rest.get(end..).unwrap_or_default();
    }
    out.push_str(&escape(rest));
    out
}

/// Where the next address begins and ends, and where it leads.
fn next(text: &str) -> Option<(usize, usize, String)> {
    let found = STARTS.iter().filter_map(|(start, lacks)| {
        let at = text.match_indices(start).map(|(at, _)| at);
        let mut at = at.filter(|&at| begins(text, at));
        Some((at.next()?, *lacks))
    });
    let site = found.min_by_key(|(at, _)| *at).and_then(|(at, lacks)| {
        let end = at + length(text.get(at..)?, is_of_address);
        let address = text.get(at..end)?;
        let (_, host) = address.split_once("//").unwrap_or(("", address));
        let is_one = host.contains('.') && !host.starts_with('.');
        is_one.then(|| (at, end, format!("{lacks}{}", escape(address))))
    });
    let mail = mail(text);
    site.into_iter().chain(mail).min_by_key(|found| found.0)
}

fn mail(text: &str) -> Option<(usize, usize, String)> {
    for (sign, _) in text.match_indices('@') {
        let (before, after) = (text.get(..sign)?, text.get(sign + 1..)?);
        let name = before.chars().rev().take_while(|c| is_of_name(*c)).count();
        let host = length(after, is_of_name);
        let domain = after.get(..host)?;
        // Only ASCII was counted.
        let (from, to) = (sign - name, sign + 1 + host);
        if name > 0 && domain.contains('.') && !domain.starts_with('.') {
            return Some((from, to, format!("mailto:{}", escape(text.get(from..to)?))));
        }
    }
    None
}

/// Whether a word begins here.
fn begins(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| !c.is_ascii_alphanumeric() && !"./@-_".contains(c))
}

/// The bytes of a text that an address takes, without the signs that close a sentence.
fn length(text: &str, is_of: fn(char) -> bool) -> usize {
    let end = text.find(|c| !is_of(c)).unwrap_or(text.len());
    let taken = text.get(..end).unwrap_or_default();
    let mut taken = taken;
    loop {
        let closes = taken.matches(')').count() > taken.matches('(').count();
        let shorter = match taken.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'') => taken.get(..taken.len() - 1),
            Some(')') if closes => taken.get(..taken.len() - 1),
            _ => None,
        };
        match shorter {
            Some(shorter) => taken = shorter,
            None => return taken.len(),
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".-_+".contains(c)
}

fn is_of_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_links() {
        for (text, expected) in [
            ("没有网址<&>", "没有网址&lt;&amp;&gt;"),
            (
                "见https://www.qingshi.gov.cn/zwgk/?a=1&b=2。",
                "见<a href=\"https://www.qingshi.gov.cn/zwgk/?a=1&amp;b=2\">https://www.qingshi.gov.cn/zwgk/?a=1&amp;b=2</a>。",
            ),
            (
                "（网址：www.qingshi.gov.cn）",
                "（网址：<a href=\"http://www.qingshi.gov.cn\">www.qingshi.gov.cn</a>）",
            ),
            (
                "(http://a.gov.cn/x.), http://b.gov.cn",
                "(<a href=\"http://a.gov.cn/x\">http://a.gov.cn/x</a>.), <a href=\"http://b.gov.cn\">http://b.gov.cn</a>",
            ),
            (
                "邮箱zwgk_1@qingshi.gov.cn，电话0000-1234567",
                "邮箱<a href=\"mailto:zwgk_1@qingshi.gov.cn\">zwgk_1@qingshi.gov.cn</a>，电话0000-1234567",
            ),
            ("http://和www.以及@某某", "http://和www.以及@某某"),
        ] {
            assert_eq!(linked(text), expected);
        }
    }
}
