//! Why a template is no edition.

/// Why a template was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EditionError {
    /// The file is not RON of the template's shape.
    #[error("表单模板第{line}行第{column}列有错：{reason}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// The file is well-formed but contradicts itself.
    #[error("表单模板的{place}有错：{reason}")]
    Meaning {
        /// The section, table or relation.
        place: String,
        /// What is wrong.
        reason: String,
    },
}
