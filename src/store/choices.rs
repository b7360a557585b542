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
}

impl Default for ChoicesFile {
    fn default() -> Self {
        Self::write(&Choices::default())
    }
}

impl ChoicesFile {
    pub(super) fn write(choices: &Choices) -> Self {
        let Choices {
            preface,
            signature,
            date,
            draft_mark,
            body_font,
            body_size,
            table_size,
            line_pitch,
            whole_tables,
            encoding,
            byte_order_mark,
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
        }
    }

    pub(super) fn read(self) -> Choices {
        let named = |encoding: &Encoding| encoding.name() == self.encoding;
        let encoding = Encoding::ALL.into_iter().find(named).unwrap_or_default();
        Choices {
            preface: self.preface,
            signature: self.signature,
            date: self.date,
            draft_mark: self.draft_mark,
            body_font: self.body_font,
            body_size: self.body_size,
            table_size: self.table_size,
            line_pitch: self.line_pitch,
            whole_tables: self.whole_tables,
            encoding,
            byte_order_mark: self.byte_order_mark,
        }
    }

    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
