//! What the name of an authority tells about it.

use super::places;

/// The name without spaces and remarks, and without the words that every government's name ends
/// with.
#[must_use]
pub fn bare(name: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for c in name.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain.strip_suffix("人民政府").unwrap_or(&plain).to_owned()
}

/// Whether two names are the same but for the county in front.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    one.ends_with(&other) || other.ends_with(&one)
}

/// Whether the name is that of a township or a sub-district.
pub(super) fn is_township(name: &str) -> bool {
    let name = bare(name);
    ["镇", "乡", "苏木", "街道", "办事处"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Whether the name is that of a people's government; an office of a sub-district (街道办事处) is none.
pub(super) fn is_peoples_government(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let town = bare(name);
    plain.ends_with("人民政府") || ["镇", "乡", "苏木"].iter().any(|end| town.ends_with(end))
}

/// Whether the name is that of a government of a county or above.
#[must_use]
pub fn is_county_or_above(name: &str) -> bool {
    whole_area(name).is_some()
}

/// Whether the name is that of a government of a county, a district or a city that is no more.
pub(super) fn is_county(name: &str) -> bool {
    let area = bare(name);
    let is_city_of_county = || {
        let chains = places::chains(&area);
        !chains.is_empty() && chains.iter().all(|chain| chain.len() > 1)
    };
    is_county_or_above(name)
        && !area.ends_with("自治区")
        && (area.ends_with(['县', '旗', '区']) || (area.ends_with('市') && is_city_of_county()))
}

/// How a government above the townships calls the whole of what it governs: 全市, 全县.
pub(super) fn whole_area(name: &str) -> Option<String> {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let area = plain.strip_suffix("人民政府")?.chars().next_back()?;
    "省市州盟县区旗".contains(area).then(|| format!("全{area}"))
}

/// Whether the name is that of a local department.
pub(super) fn is_department(name: &str) -> bool {
    let name = bare(name);
    name.ends_with('局') && !name.ends_with("总局") && !name.starts_with("国家")
}
