//! What a folder comes to, for programs.

use serde_json::{Map, Value, json};

use super::alike::AlikePair;
use super::gather::{GatheredUnit, Gathering, OwnFile};
use crate::check::RuleSettings;
use crate::report::Number;

fn figure(number: Option<Number>) -> Value {
    number.map_or(Value::Null, |number| json!(number.to_string()))
}

impl Gathering {
    /// The whole as JSON.
    #[must_use]
    pub fn json(&self, settings: &RuleSettings) -> Value {
        let (mut sums, mut blank) = (Map::new(), Map::new());
        for sum in self.sums() {
            let key = &self.edition.field(sum.cell).key;
            sums.insert(key.clone(), figure(sum.value));
            if sum.blank > 0 {
                blank.insert(key.clone(), json!(sum.blank));
            }
        }
        let units: Vec<Value> = self.units.iter().map(|unit| self.unit_json(unit)).collect();
        let alike: Vec<Value> = self.alike(settings).iter().map(pair_json).collect();
        let strays = self.strays.iter().filter_map(|stray| {
            let taken = self.taken.get(stray.taken)?;
            Some(json!({
                "file": taken.file, "issuer": taken.issuer, "year": taken.year, "note": stray.note,
            }))
        });
        let unread = self
            .unread
            .iter()
            .map(|unread| json!({ "file": unread.file, "reason": unread.reason }));
        json!({
            "year": self.year,
            "form": self.edition.id,
            "units": units,
            "counted": self.counted().count(),
            "sums": sums,
            "blank": blank,
            "own": self.own.as_ref().map_or(Value::Null, |own| self.own_json(own)),
            "alike": alike,
            "strays": strays.collect::<Vec<_>>(),
            "unread": unread.collect::<Vec<_>>(),
        })
    }

    fn unit_json(&self, unit: &GatheredUnit) -> Value {
        let taken = self.taken_of(unit);
        let files = unit.files.iter().filter_map(|&at| self.taken.get(at));
        let files: Vec<&str> = files.map(|taken| taken.file.as_str()).collect();
        let when = taken.and_then(|taken| taken.when);
        json!({
            "name": unit.name,
            "state": unit.state.id(),
            "files": files,
            "year": taken.map(|taken| taken.year),
            "form": taken.map(|taken| taken.edition.id.as_str()),
            "errors": taken.map_or(0, |taken| taken.errors),
            "queries": taken.map_or(0, |taken| taken.queries),
            "remarks": { "open": 0, "settled": 0 },
            "counted": unit.counted,
            "notes": unit.notes,
            "category": unit.listed.category,
            "contact": unit.listed.contact,
            "due": unit.listed.due,
            "late": unit.late,
            "when": when.map(|when| when.to_string()),
        })
    }

    fn own_json(&self, own: &OwnFile) -> Value {
        let different = self.differences(&own.report).into_iter().map(|different| {
            json!({
                "cell": self.edition.field(different.cell).key,
                "own": figure(different.own),
                "sum": figure(different.sum),
                "explained_by": different.explained_by,
            })
        });
        json!({ "file": own.file, "different": different.collect::<Vec<_>>() })
    }
}

fn pair_json(pair: &AlikePair) -> Value {
    json!({
        "units": [pair.one, pair.other],
        "section": pair.alike.section,
        "likeness": pair.alike.percent as f64 / 100.0,
        "year": pair.year,
        "sentence": pair.alike.sentence,
    })
}
