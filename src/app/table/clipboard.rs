//! Tab-separated values, as spreadsheets and word processors put them on the clipboard.
//!
//! It knows text and nothing else.

/// Rows of texts.
pub(super) type TextBlock = Vec<Vec<String>>;

/// Writes rows the way spreadsheets read them.
pub(super) fn write(rows: &[Vec<String>]) -> String {
    let lines: Vec<_> = rows.iter().map(|row| row.join("\t")).collect();
    lines.join("\r\n")
}

/// Reads rows; a text in double quotes may hold line ends and tabs.
pub(super) fn read(text: &str) -> TextBlock {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let fresh = rows
            .last()
            .and_then(|row| row.last())
            .is_some_and(String::is_empty);
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                push(&mut rows, '"');
            }
            '"' if quoted => quoted = false,
            '"' if fresh => quoted = true,
            '\t' if !quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' => {}
            _ => push(&mut rows, c),
        }
    }
    let is_empty = |row: &Vec<String>| row.len() == 1 && row.iter().all(String::is_empty);
    if rows.len() > 1 && rows.last().is_some_and(is_empty) {
        rows.pop();
    }
    rows
}

fn push(rows: &mut TextBlock, c: char) {
    if let Some(text) = rows.last_mut().and_then(|row| row.last_mut()) {
        text.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let rows = vec![
            vec!["1".to_owned(), String::new(), "3".to_owned()],
            vec!["1,200".to_owned(), "0".to_owned(), String::new()],
        ];
        assert_eq!(read(&write(&rows)), rows);
        assert_eq!(read("5\n"), vec![vec!["5".to_owned()]]);
    }

    #[test]
    fn quotes_keep_line_ends_together() {
        assert_eq!(
            read("\"a\nb \"\"c\"\"\"\t1\r\n2"),
            vec![
                vec!["a\nb \"c\"".to_owned(), "1".to_owned()],
                vec!["2".to_owned()]
            ]
        );
    }
}
