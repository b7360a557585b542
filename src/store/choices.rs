//! How the choices for publishing stand in a draft file; what is as usual is not written.

use serde::{Deserialize, Serialize};

use crate::report::{Choices, Encoding};

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "it mirrors the choices of a draft"
)]
pub(super) struct ChoicesFile {
    preface: bool,
    signature: bool,
    date: String,
    draft_mark: bool,
    body_font: String,
    body_size: u16,
    table_size: u16,
    line_pitch: u16,
    whole_tables: bool,
    encoding: String,
    byte_order_mark: bool,
    /// Since version 3; what is as usual is not written, so that an older program reads the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_font: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_size: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bold_third: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    for_notepad: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fragment_title: Option<bool>,
}

impl Default for ChoicesFile {
    fn default() -> Self {
        Self::write(&Choices::default())
    }
}

/// What differs from the usual.
fn unusual<T: PartialEq>(chosen: T, usual: &T) -> Option<T> {
    (chosen != *usual).then_some(chosen)
}

impl ChoicesFile {
    pub(super) fn write(choices: &Choices) -> Self {
        let usual = Choices::default();
        let Choices {
            preface,
            signature,
            date,
            number,
            draft_mark,
            body_font,
            body_size,
            title_font,
            title_size,
            times,
            bold_third,
            table_size,
            line_pitch,
            whole_tables,
            encoding,
            byte_order_mark,
            for_notepad,
            fragment_title,
        } = choices.clone();
        Self {
            preface,
            signature,
            date,
            draft_mark,
            body_font,
            body_size,
            table_size,
            line_pitch,
            whole_tables,
            encoding: encoding.name().to_owned(),
            byte_order_mark,
            number: unusual(number, &usual.number),
            title_font: unusual(title_font, &usual.title_font),
            title_size: unusual(title_size, &usual.title_size),
            times: unusual(times, &usual.times),
            bold_third: unusual(bold_third, &usual.bold_third),
            for_notepad,
            fragment_title: unusual(fragment_title, &usual.fragment_title),
        }
    }

    pub(super) fn read(self) -> Choices {
        let usual = Choices::default();
        let named = |encoding: &Encoding| encoding.name() == self.encoding;
        let encoding = Encoding::ALL.into_iter().find(named).unwrap_or_default();
        Choices {
            preface: self.preface,
            signature: self.signature,
            date: self.date,
            number: self.number.unwrap_or(usual.number),
            draft_mark: self.draft_mark,
            body_font: self.body_font,
            body_size: self.body_size,
            title_font: self.title_font.unwrap_or(usual.title_font),
            title_size: self.title_size.unwrap_or(usual.title_size),
            times: self.times.unwrap_or(usual.times),
            bold_third: self.bold_third.unwrap_or(usual.bold_third),
            table_size: self.table_size,
            line_pitch: self.line_pitch,
            whole_tables: self.whole_tables,
            encoding,
            byte_order_mark: self.byte_order_mark,
            for_notepad: self.for_notepad,
            fragment_title: self.fragment_title.unwrap_or(usual.fragment_title),
        }
    }

    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a program of version 2 reads all of it.
    pub(super) fn is_old(&self) -> bool {
        let texts = self.number.is_none() && self.title_font.is_none();
        let flags = [
            self.times,
            self.bold_third,
            self.for_notepad,
            self.fragment_title,
        ];
        texts && self.title_size.is_none() && flags.iter().all(Option::is_none)
    }
}
