//! A sentence of last year's text with what would change in it. It knows no draft.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Stroke, Ui};
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::app::state::reuse::OlderPiece;
use crate::app::widgets::theme::{palette, sizes};

/// Last year's sentence: what would be replaced struck out with what takes its place behind it, what would be
/// last year's still underlined.
pub(super) fn sentence(ui: &Ui, piece: &OlderPiece) -> LayoutJob {
    let colours = palette(ui);
    let (old, new) = (tokens(&piece.words), tokens(&piece.renewed.words));
    let mut job = LayoutJob::default();
    let mut put = |words: &str, kind: TokenLook| {
        let mut format = TextFormat::simple(FontId::proportional(sizes().small), colours.text.0);
        format.line_height = Some(sizes().small * 1.5);
        match kind {
            TokenLook::Same => {}
            TokenLook::Gone => {
                format.color = colours.weak.0;
                format.strikethrough = Stroke::new(1.0, colours.weak.0);
            }
            TokenLook::New => format.color = colours.accent.0,
            TokenLook::Left => format.underline = Stroke::new(1.5, colours.query.0),
        }
        job.append(words, 0.0, format);
    };
    let is_left = |byte: usize| {
        let mut left = piece.renewed.left.iter();
        left.any(|remnant| remnant.range.contains(&byte))
    };
    let words = |tokens: &[(usize, &str)]| -> Vec<String> {
        tokens
            .iter()
            .map(|(_, words)| (*words).to_owned())
            .collect()
    };
    for op in capture_diff_slices(Algorithm::Myers, &words(&old), &words(&new)) {
        let (tag, before, after) = op.as_tag_tuple();
        if tag != DiffTag::Equal {
            for (_, words) in old.get(before).unwrap_or_default() {
                put(words, TokenLook::Gone);
            }
        }
        for (byte, words) in new.get(after).unwrap_or_default() {
            put(
                words,
                match tag {
                    _ if is_left(*byte) => TokenLook::Left,
                    DiffTag::Equal => TokenLook::Same,
                    _ => TokenLook::New,
                },
            );
        }
    }
    job
}

/// How a piece of a sentence is drawn.
#[derive(Clone, Copy)]
enum TokenLook {
    Same,
    Gone,
    New,
    Left,
}

/// The characters of a text, a number being one, each with the byte where it begins.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let goes_on = |next: Option<&(usize, char)>| {
            c.is_ascii_digit() && next.is_some_and(|(_, next)| next.is_ascii_digit())
        };
        if goes_on(chars.peek()) {
            continue;
        }
        let end = chars.peek().map_or(text.len(), |(byte, _)| *byte);
        if let Some(token) = text.get(start..end) {
            tokens.push((start, token));
        }
        start = end;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn a_number_is_one_token() {
        let words: Vec<_> = tokens("收2024年，3件")
            .into_iter()
            .map(|(_, token)| token)
            .collect();
        assert_eq!(words, ["收", "2024", "年", "，", "3", "件"]);
    }
}
