//! What is set for the rules: thresholds, words of one's own, and what the county asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::local::LocalRules;
pub use super::local::Misprint;
pub use super::threshold::{Limit, THRESHOLDS, Threshold, thresholds_of};

/// What is set for the rules; only what differs from the usual is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleSettings {
    thresholds: BTreeMap<String, i64>,
    /// Misprints that are looked for beside the usual ones.
    pub misprints: Vec<Misprint>,
    /// What the county asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local: Option<Box<LocalRules>>,
}

/// Why something cannot be set.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum SettingsError {
    /// There is no such threshold.
    #[error("没有“{0}”这个阈值，用nianbao explain看各条规则的阈值")]
    Unknown(String),
    /// The value is out of its bounds.
    #[error("阈值{name}应在{least}到{most}之间，不能是{value}")]
    OutOfBounds {
        /// The threshold's name.
        name: String,
        /// What was to be set.
        value: String,
        /// The smallest value.
        least: i64,
        /// The largest value.
        most: i64,
    },
    /// The text holds no settings.
    #[error(
        "审核设置第{line}行第{column}列读不懂，应为(thresholds: {{\"copied-query\": 85}})的样子"
    )]
    Unreadable {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The text says something that is not known.
    #[error("审核设置第{line}行第{column}列的“{found}”不认识，这里可以写{known}")]
    Surprise {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is not known.
        found: String,
        /// What is.
        known: String,
    },
    /// The text leaves something out, or says it twice.
    #[error("审核设置第{line}行第{column}列这一项{fault}{field}")]
    Fields {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong with it.
        fault: &'static str,
        /// What is left out or said twice.
        field: &'static str,
    },
    /// What the county asks for cannot be looked for.
    #[error("地方要求{0}")]
    Local(String),
}

impl RuleSettings {
    /// Reads settings from the text of a file.
    ///
    /// # Errors
    /// Anything that is not known or out of bounds is refused.
    pub fn read(text: &str) -> Result<Self, SettingsError> {
        let text = text.trim_start_matches('\u{feff}');
        let file: LocalRules = ron::from_str(text).map_err(unreadable)?;
        let mut checked = Self::default();
        for (name, value) in &file.thresholds {
            checked.set(name, *value)?;
        }
        if file.is_plain() {
            checked.misprints = file.misprints;
            return Ok(checked);
        }
        file.check().map_err(SettingsError::Local)?;
        Ok(Self {
            local: Some(Box::new(file)),
            ..Self::default()
        })
    }

    /// These settings with what a county asks for, which goes before what was set by hand.
    #[must_use]
    pub fn with_local(mut self, local: Option<Box<LocalRules>>) -> Self {
        if let Some(local) = &local {
            self.thresholds
                .retain(|name, _| !local.thresholds.contains_key(name));
        }
        self.local = local;
        self
    }

    /// The misprints that are looked for beside the usual ones, the county's among them.
    pub fn all_misprints(&self) -> impl Iterator<Item = &Misprint> {
        let local = self.local.iter().flat_map(|local| &local.misprints);
        self.misprints.iter().chain(local)
    }

    /// Whose requirements these settings hold, by name.
    #[must_use]
    pub fn signature(&self) -> Option<String> {
        self.local.as_ref().map(|local| local.signature())
    }

    /// What a threshold is where nothing was set by hand.
    fn base(&self, threshold: &Threshold) -> i64 {
        let local = self.local.as_ref();
        let asked = local.and_then(|local| local.thresholds.get(threshold.name));
        asked.copied().unwrap_or(threshold.usual)
    }

    /// Sets a threshold by its name.
    ///
    /// # Errors
    /// Unknown names and values out of bounds are refused.
    pub fn set(&mut self, name: &str, value: i64) -> Result<(), SettingsError> {
        let known = THRESHOLDS.iter().find(|threshold| threshold.name == name);
        let Some(threshold) = known else {
            return Err(SettingsError::Unknown(name.to_owned()));
        };
        if value < threshold.least || value > threshold.most {
            return Err(SettingsError::OutOfBounds {
                name: name.to_owned(),
                value: value.to_string(),
                least: threshold.least,
                most: threshold.most,
            });
        }
        if value == self.base(threshold) {
            self.thresholds.remove(name);
        } else {
            self.thresholds.insert(name.to_owned(), value);
        }
        Ok(())
    }

    /// The value of a threshold.
    #[must_use]
    pub fn limit(&self, limit: Limit) -> i64 {
        let known = THRESHOLDS.iter().find(|threshold| threshold.limit == limit);
        known.map_or(0, |threshold| {
            let set = self.thresholds.get(threshold.name).copied();
            set.unwrap_or_else(|| self.base(threshold))
        })
    }

    /// The same as a count of things.
    #[must_use]
    pub(super) fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.limit(limit)).unwrap_or(0)
    }
}

/// Where a text is no settings, and what could stand there.
fn unreadable(error: ron::error::SpannedError) -> SettingsError {
    let (line, column) = (error.span.start.line, error.span.start.col);
    let fields = |fault, field| SettingsError::Fields {
        line,
        column,
        fault,
        field,
    };
    match error.code {
        ron::Error::NoSuchStructField {
            expected, found, ..
        } => SettingsError::Surprise {
            line,
            column,
            found,
            known: expected.join("、"),
        },
        ron::Error::MissingStructField { field, .. } => fields("没有写", field),
        ron::Error::DuplicateStructField { field, .. } => fields("写了两次", field),
        _ => SettingsError::Unreadable { line, column },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_stand_in_order_with_values_in_bounds() {
        assert!(THRESHOLDS.is_sorted_by(|a, b| a.name < b.name));
        for threshold in THRESHOLDS {
            assert!(threshold.least <= threshold.usual && threshold.usual <= threshold.most);
            assert_eq!(
                RuleSettings::default().limit(threshold.limit),
                threshold.usual
            );
        }
    }

    #[test]
    fn only_what_is_known_and_in_bounds_is_set() {
        let read = RuleSettings::read("(thresholds: {\"copied-query\": 85})").unwrap();
        assert_eq!(read.limit(Limit::CopiedQuery), 85);
        assert_eq!(read.limit(Limit::CopiedAdvice), 80);
        let unknown = RuleSettings::read("(thresholds: {\"copied\": 85})");
        assert_eq!(unknown, Err(SettingsError::Unknown("copied".to_owned())));
        assert!(RuleSettings::default().set("copied-query", 101).is_err());
        assert!(matches!(
            RuleSettings::read("(thresholds"),
            Err(SettingsError::Unreadable { .. })
        ));
    }

    #[test]
    fn what_a_county_asks_for_goes_before_the_usual_and_what_is_set_after_it_before_both() {
        let text = "(name: \"甲\", by: \"乙\", thresholds: {\"copied-query\": 50})";
        let mut settings = RuleSettings::read(text).unwrap();
        assert_eq!(settings.limit(Limit::CopiedQuery), 50);
        assert_eq!(settings.signature().as_deref(), Some("甲（乙）"));
        settings.set("copied-query", 90).unwrap();
        assert_eq!(settings.limit(Limit::CopiedQuery), 90);
        let local = settings.local.clone();
        let settings = settings.with_local(local);
        assert_eq!(settings.limit(Limit::CopiedQuery), 50);
        let text = ron::to_string(&settings).unwrap();
        assert_eq!(ron::from_str::<RuleSettings>(&text).unwrap(), settings);
    }

    #[test]
    fn a_file_of_a_county_is_refused_with_what_to_write() {
        for (text, said) in [
            ("(longest: {\"一\": 1000})", "没有写名称，加上name"),
            (
                "(name: \"甲\", longest: {\"一\": 1000})",
                "没有写谁制定的，加上by",
            ),
            (
                "(name: \"甲\", by: \"乙\", longest: {\"九\": 1000})",
                "没有“九”这个部分",
            ),
            (
                "(name: \"甲\", by: \"乙\", longest: {\"一\": 0})",
                "字数应大于0",
            ),
            (
                "(name: \"甲\", by: \"乙\", dates: [(what: \"报送\", day: \"2-30\")])",
                "“2-30”看不懂",
            ),
            (
                "(name: \"甲\", by: \"乙\", required: [(name: \"丙\")])",
                "“丙”应写明name和phrases",
            ),
            (
                "(name: \"甲\", by: \"乙\", forbidden: [(why: \"丙\")])",
                "没有写words",
            ),
            (
                "(name: \"甲\", by: \"乙\", style: (body_size: 200))",
                "style里正文字号要在9磅到22磅之间",
            ),
            (
                "(name: \"甲\",\n by: \"乙\", must: 1)",
                "第2行第11列的“must”不认识，这里可以写name、by、on、dates",
            ),
            (
                "(name: \"甲\", by: \"乙\",\n dates: [(what: \"报送\")])",
                "第2行第21列这一项没有写day",
            ),
            ("(name: \"甲\",\n name: \"乙\")", "这一项写了两次name"),
            (
                "(name: \"甲\", by: \"乙\", thresholds: {\"copied\": 1})",
                "没有“copied”这个阈值",
            ),
        ] {
            let error = RuleSettings::read(text).unwrap_err().to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }

    #[test]
    fn the_usual_is_not_kept() {
        let mut settings = RuleSettings::default();
        settings.set("swing-times", 6).unwrap();
        settings.set("swing-times", 5).unwrap();
        assert_eq!(settings, RuleSettings::default());
    }
}
