//! Finds names by any part of them, by the sounds of their characters, or by the initials of the sounds.
//! It knows no command.

use pinyin::ToPinyinMulti as _;

/// How well a name answers a query, 0 best; `None` when it does not.
#[must_use]
pub fn rank(name: &str, query: &str) -> Option<u8> {
    let plain = |text: &str| -> String {
        let kept = text.chars().filter(|c| c.is_alphanumeric() || *c == '%');
        kept.flat_map(char::to_lowercase).collect()
    };
    let (name, query) = (plain(name), plain(query));
    if name.starts_with(&query) {
        return Some(0);
    }
    if name.contains(&query) {
        return Some(1);
    }
    let characters: Vec<char> = name.chars().collect();
    if sounds_like(&characters, &query) {
        return Some(2);
    }
    if (1..characters.len())
        .any(|start| sounds_like(characters.get(start..).unwrap_or(&[]), &query))
    {
        return Some(3);
    }
    is_within(&name, &query).then_some(4)
}

/// Whether the query spells the first characters, each in full, by its initial, or as it stands.
fn sounds_like(characters: &[char], query: &str) -> bool {
    let Some(letter) = query.chars().next() else {
        return true;
    };
    let Some((&first, rest)) = characters.split_first() else {
        return false;
    };
    if first == letter && sounds_like(rest, query.get(letter.len_utf8()..).unwrap_or_default()) {
        return true;
    }
    let Some(sounds) = first.to_pinyin_multi() else {
        return false;
    };
    sounds.into_iter().any(|sound| {
        let sound = sound.plain();
        let by_initial =
            || sound.starts_with(letter) && sounds_like(rest, query.get(1..).unwrap_or_default());
        let in_full = || {
            query
                .strip_prefix(sound)
                .is_some_and(|left| sounds_like(rest, left))
        };
        sound.starts_with(query) || by_initial() || in_full()
    })
}

/// Whether the characters of the query stand in the name in this order.
fn is_within(name: &str, query: &str) -> bool {
    let mut left = name.chars();
    query.chars().all(|wanted| left.any(|c| c == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_and_any_spelling_finds_a_name() {
        for query in [
            "", "导出", "word", "文档", "dc", "daochu", "daoch", "dcw", "wd", "导文", "Word 文",
        ] {
            assert!(rank("导出Word文档…", query).is_some(), "{query}");
        }
        for query in ["保存", "x", "出导", "dcx"] {
            assert_eq!(rank("导出Word文档…", query), None, "{query}");
        }
    }

    #[test]
    fn a_character_of_two_sounds_is_found_by_both() {
        assert!(rank("重做", "chongzuo").is_some());
        assert!(rank("重做", "zz").is_some());
    }

    #[test]
    fn the_beginning_counts_most() {
        assert!(rank("保存", "保") < rank("另存为…保存", "保"));
        assert!(rank("撤销", "cx") < rank("导出Word文档", "cw"));
    }
}
