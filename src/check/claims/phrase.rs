//! Phrases of the word list: words whose parts may vary. `templates/words.ron` says how they are written.

/// A phrase, ready for matching.
#[derive(Debug)]
pub(super) struct Phrase {
    steps: Vec<MatchStep>,
}

/// How many choices a match may rest on.
const DEEPEST: usize = 100;

/// One step of matching; where two ways are open, the first is tried first.
#[derive(Debug)]
enum MatchStep {
    Word(String),
    /// One digit or more.
    Digits,
    /// Any character but those that end a stretch of the text.
    Any {
        plain: bool,
    },
    /// The number of the report's year plus this.
    Year(i32),
    Split(usize, usize),
    Jump(usize),
    Look {
        behind: bool,
        wanted: bool,
        phrase: Phrase,
    },
    TextEnd,
    Found,
}

/// Where a phrase is looked for: it sees nothing before `from` and nothing after the end of `text`.
#[derive(Debug, Clone, Copy)]
pub(super) struct PhraseScope<'t> {
    pub text: &'t str,
    pub from: usize,
    /// The year of the report.
    pub year: i32,
}

/// A choice of what may come next, while a phrase is read.
enum Node {
    Step(MatchStep),
    Gap(usize, bool),
    Choice(Vec<Vec<Node>>),
    Maybe(Vec<Vec<Node>>),
    Many(Vec<Vec<Node>>),
}

impl Phrase {
    /// Reads a phrase; what is not well-formed is taken as it stands.
    pub(super) fn read(source: &str) -> Self {
        let mut chars = source.chars().peekable();
        let choices = choices(&mut chars);
        let mut steps = Vec::new();
        choice(&mut steps, choices);
        steps.push(MatchStep::Found);
        Self { steps }
    }

    /// Where a match ends that begins at a byte of the text.
    pub(super) fn end(&self, place: PhraseScope<'_>, at: usize) -> Option<usize> {
        self.end_from(place, 0, at, 0)
    }

    /// Where a match ends from a step on.
    fn end_from(
        &self,
        place: PhraseScope<'_>,
        mut step: usize,
        mut at: usize,
        depth: usize,
    ) -> Option<usize> {
        loop {
            let rest = place.text.get(at..).unwrap_or_default();
            at = match self.steps.get(step)? {
                MatchStep::Found => return Some(at),
                MatchStep::Word(word) => rest.starts_with(word).then(|| at + word.len()),
                MatchStep::Any { plain } => {
                    let is_end = |c: char| {
                        "，。；！？\n".contains(c)
                            || *plain && (c.is_ascii_digit() || "：、".contains(c))
                    };
                    let next = rest.chars().next().filter(|&c| !is_end(c));
                    next.map(|c| at + c.len_utf8())
                }
                MatchStep::Digits => match digits(rest) {
                    0 => None,
                    count => Some(at + count),
                },
                MatchStep::Year(offset) => {
                    let year = (place.year + offset).to_string();
                    (digits(rest) == year.len() && rest.starts_with(&year)).then(|| at + year.len())
                }
                MatchStep::TextEnd => rest.is_empty().then_some(at),
                MatchStep::Look {
                    behind,
                    wanted,
                    phrase,
                } => {
                    let is_there = if *behind {
                        phrase.ends_at(place, at)
                    } else {
                        phrase.end(place, at).is_some()
                    };
                    (is_there == *wanted).then_some(at)
                }
                MatchStep::Jump(to) => {
                    step = *to;
                    continue;
                }
                MatchStep::Split(first, second) => {
                    // No phrase repeats words so often; a text without sense may.
                    let end =
                        (depth < DEEPEST).then(|| self.end_from(place, *first, at, depth + 1));
                    if let Some(end) = end.flatten() {
                        return Some(end);
                    }
                    step = *second;
                    continue;
                }
            }?;
            step += 1;
        }
    }

    /// Whether a short match ends at a byte of the text.
    fn ends_at(&self, place: PhraseScope<'_>, at: usize) -> bool {
        let before = place.text.get(place.from..at).unwrap_or_default();
        let place = PhraseScope {
            text: place.text.get(..at).unwrap_or_default(),
            ..place
        };
        let starts = before.char_indices().rev().take(5);
        let mut starts = starts.map(|(start, _)| place.from + start);
        starts.any(|start| self.end(place, start) == Some(at))
    }

    /// The characters with which a match may begin; `None` when it may begin with any.
    pub(super) fn firsts(&self) -> Option<Vec<char>> {
        let next = self.next(&[PhrasePlace::default()])?;
        Some(next.into_iter().map(|(c, _)| c).collect())
    }

    /// The characters with which a match may go on, each with where matching may then stand; `None` when it may end,
    /// or go on with any. What must or must not stand beside it is not looked at.
    pub(super) fn next(&self, at: &[PhrasePlace]) -> Option<Vec<(char, Vec<PhrasePlace>)>> {
        let mut next: Vec<(char, Vec<PhrasePlace>)> = Vec::new();
        let mut add = |c: char, to: PhrasePlace| match next.iter_mut().find(|(own, _)| *own == c) {
            Some((_, places)) => places.push(to),
            None => next.push((c, vec![to])),
        };
        let (mut open, mut seen) = (at.to_vec(), Vec::new());
        while let Some(at) = open.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            match self.steps.get(at.step)? {
                MatchStep::Word(word) => {
                    let c = word.get(at.done..)?.chars().next()?;
                    let done = at.done + c.len_utf8();
                    let is_whole = done == word.len();
                    let to = if is_whole {
                        at.behind()
                    } else {
                        PhrasePlace { done, ..at }
                    };
                    add(c, to);
                }
                MatchStep::Digits | MatchStep::Year(_) => {
                    for c in '0'..='9' {
                        add(c, PhrasePlace::ANYWHERE);
                    }
                }
                MatchStep::Jump(to) => open.push(PhrasePlace::at(*to)),
                MatchStep::Split(first, second) => {
                    open.extend([PhrasePlace::at(*first), PhrasePlace::at(*second)]);
                }
                MatchStep::Look { .. } => open.push(at.behind()),
                MatchStep::Any { .. } | MatchStep::TextEnd | MatchStep::Found => return None,
            }
        }
        Some(next)
    }
}

/// Where matching stands: before a step, or within its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PhrasePlace {
    step: usize,
    /// How many bytes of the word are matched.
    done: usize,
}

impl PhrasePlace {
    /// It is not known where.
    const ANYWHERE: Self = Self::at(usize::MAX);

    const fn at(step: usize) -> Self {
        Self { step, done: 0 }
    }

    fn behind(self) -> Self {
        Self::at(self.step + 1)
    }
}

/// A phrase with the names of groups of words replaced by the words.
pub(super) fn spelled_out(phrase: &str) -> String {
    phrase
        .replace("{上年}", "(上[一]年[度]|去年|往年|{Y-1}年[度])")
        .replace("{下年}", "(下[一]年[度]|次年|明年|来年|{Y+1}年[度])")
}

/// How many digits a text begins with.
pub(super) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

type PatternChars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads up to the bracket that closes a group.
fn choices(source: &mut PatternChars<'_>) -> Vec<Vec<Node>> {
    let mut all = vec![Vec::new()];
    while let Some(c) = source.next() {
        let node = match c {
            ')' | ']' => break,
            '|' => {
                all.push(Vec::new());
                continue;
            }
            '[' => Node::Maybe(choices(source)),
            '(' => {
                let group = choices(source);
                match source.next_if_eq(&'*') {
                    Some(_) => Node::Many(group),
                    None => Node::Choice(group),
                }
            }
            '…' | '～' => {
                let mut most = 0;
                while let Some(digit) = source.peek().and_then(|c| c.to_digit(10)) {
                    source.next();
                    most = most * 10 + digit as usize;
                }
                Node::Gap(most, c == '…')
            }
            '{' => {
                let name: String = source.by_ref().take_while(|&c| c != '}').collect();
                let offset = name.strip_prefix('Y').and_then(|offset| match offset {
                    "" => Some(0),
                    offset => offset.parse().ok(),
                });
                Node::Step(MatchStep::Year(offset.unwrap_or_default()))
            }
            '#' => Node::Step(MatchStep::Digits),
            '$' => Node::Step(MatchStep::TextEnd),
            '!' | '&' | '<' => {
                let behind = c == '<';
                let sign = if behind { source.next() } else { Some(c) };
                source.next_if_eq(&'(');
                let mut steps = Vec::new();
                choice(&mut steps, choices(source));
                if behind {
                    // What stands before is seen as a text that ends here.
                    steps.push(MatchStep::TextEnd);
                }
                steps.push(MatchStep::Found);
                Node::Step(MatchStep::Look {
                    behind,
                    wanted: sign == Some('&'),
                    phrase: Phrase { steps },
                })
            }
            c => Node::Step(MatchStep::Word(c.to_string())),
        };
        if let Some(last) = all.last_mut() {
            match (last.last_mut(), node) {
                (Some(Node::Step(MatchStep::Word(word))), Node::Step(MatchStep::Word(more))) => {
                    word.push_str(&more);
                }
                (_, node) => last.push(node),
            }
        }
    }
    all
}

fn sequence(steps: &mut Vec<MatchStep>, nodes: Vec<Node>) {
    for node in nodes {
        match node {
            Node::Step(step) => steps.push(step),
            Node::Choice(group) => choice(steps, group),
            Node::Maybe(group) => {
                let split = steps.len();
                steps.push(MatchStep::Found);
                choice(steps, group);
                let end = steps.len();
                set(steps, split, MatchStep::Split(split + 1, end));
            }
            Node::Many(group) => {
                let split = steps.len();
                steps.push(MatchStep::Found);
                choice(steps, group);
                steps.push(MatchStep::Jump(split));
                let end = steps.len();
                set(steps, split, MatchStep::Split(split + 1, end));
            }
            Node::Gap(most, plain) => {
                let end = steps.len() + 2 * most;
                for _ in 0..most {
                    let next = steps.len() + 1;
                    steps.push(MatchStep::Split(end, next));
                    steps.push(MatchStep::Any { plain });
                }
            }
        }
    }
}

fn choice(steps: &mut Vec<MatchStep>, mut group: Vec<Vec<Node>>) {
    let last = group.pop().unwrap_or_default();
    let mut jumps = Vec::new();
    for nodes in group {
        let split = steps.len();
        steps.push(MatchStep::Found);
        sequence(steps, nodes);
        jumps.push(steps.len());
        steps.push(MatchStep::Found);
        let next = steps.len();
        set(steps, split, MatchStep::Split(split + 1, next));
    }
    sequence(steps, last);
    let end = steps.len();
    for jump in jumps {
        set(steps, jump, MatchStep::Jump(end));
    }
}

fn set(steps: &mut [MatchStep], at: usize, step: MatchStep) {
    if let Some(place) = steps.get_mut(at) {
        *place = step;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(phrase: &str, text: &str) -> Option<usize> {
        let place = PhraseScope {
            text,
            from: 0,
            year: 2025,
        };
        let at = text.find('|').unwrap_or_default();
        let text = text.replace('|', "");
        let end = Phrase::read(phrase).end(
            PhraseScope {
                text: &text,
                ..place
            },
            at,
        )?;
        Some(text[at..end].chars().count())
    }

    #[test]
    fn a_phrase_is_read_as_the_word_list_says() {
        for (phrase, text, length) in [
            ("搬[走|来]箱", "搬来箱", Some(3)),
            ("搬[走|来]箱", "搬箱", Some(2)),
            ("(大|小)*箱", "大大小箱", Some(4)),
            ("搬#箱", "搬12箱", Some(4)),
            ("搬…2箱", "搬一只箱", Some(4)),
            ("搬…2箱", "搬一两只箱", None),
            ("搬…2箱", "搬3箱", None),
            ("搬～2箱", "搬3箱", Some(3)),
            ("箱!(子)", "箱子", None),
            ("箱&(子)", "箱子", Some(1)),
            ("<!(空)箱", "空|箱", None),
            ("<!(空)箱", "满|箱", Some(1)),
            ("{Y-1}年", "2024年", Some(5)),
            ("{Y-1}年", "12024年", None),
            ("箱$", "箱", Some(1)),
            ("箱$", "箱子", None),
        ] {
            assert_eq!(matched(phrase, text), length, "{phrase} {text}");
        }
    }
}
