//! An article in Markdown of any length, the same at every run: sections, paragraphs with citations and notes, lists,
//! a table, code.

// Each benchmark uses a part of this.
#![allow(dead_code)]

use ibid::article::{Article, Builder, Csl, Draft, DraftCite, DraftMarker, Kind, To};

const WORDS: &[&str] = &[
    "river",
    "gauge",
    "stone",
    "between",
    "the",
    "of",
    "under",
    "against",
    "spring",
    "bridge",
    "monsoon",
    "market",
    "a",
    "in",
    "near",
    "about",
    "dialect",
    "census",
    "turbine",
    "across",
    "valley",
    "*silent*",
    "**heavy**",
    "`measured`",
    "[linked](https://example.org/page)",
];

/// A generator of numbers that is good enough for words (Numerical Recipes' constants).
struct Dice(u32);

impl Dice {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) % most
    }

    fn sentence(&mut self, words: u32) -> String {
        let picked: Vec<&str> = (0..words).map(|_| WORDS[self.below(WORDS.len() as u32) as usize]).collect();
        format!("The {}.", picked.join(" "))
    }

    fn paragraph(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..2 + self.below(4) {
            let words = 6 + self.below(14);
            text.push_str(&self.sentence(words));
            match self.below(4) {
                0 => text.push_str(&format!("[@work-{}, p. {}]", self.below(40), self.below(300))),
                1 => text.push_str(&format!("[^n{}]", self.below(30))),
                _ => {}
            }
            text.push(' ');
        }
        text.trim_end().to_owned()
    }
}

/// About this many bytes of Markdown.
pub fn markdown(bytes: usize) -> String {
    let mut dice = Dice(7);
    let mut text = String::from("---\ntitle: Waters\nauthor: The ibid authors\n---\n\n");
    let mut section = 0;
    while text.len() < bytes {
        section += 1;
        let level = "#".repeat(2 + section % 3);
        let title = dice.sentence(3);
        text.push_str(&format!("{level} Section {section}: {}\n\n", title.trim_end_matches('.')));
        for _ in 0..4 {
            text.push_str(&dice.paragraph());
            text.push_str("\n\n");
        }
        match section % 4 {
            0 => (0..4).for_each(|_| text.push_str(&format!("- {}\n", dice.sentence(9)))),
            1 => text.push_str(
                "| Year | Height | Remarks |\n|---|---:|---|\n| 1851 | 410 | moved |\n| 1902 | 388 | – |\n",
            ),
            2 => text.push_str("```rust\nfn height(year: u32) -> u32 {\n    year % 7\n}\n```\n"),
            _ => text.push_str(&format!("> {}\n", dice.sentence(20))),
        }
        text.push('\n');
    }
    for note in 0..30 {
        text.push_str(&format!("[^n{note}]: {}\n\n", dice.sentence(12)));
    }
    text
}

/// An article of this many references, each cited about eight times.
pub fn cited(references: u32) -> Article {
    let mut dice = Dice(11);
    let mut b = Builder::new("bench");
    b.title(Draft::of("Sources"));
    for at in 0..references {
        let csl = work(&mut dice);
        let entry = ibid::cite::entry::entry(&csl);
        b.work(&format!("work-{at}"), csl, entry);
    }
    for section in 0..references / 20 {
        b.heading(1, Draft::of(&format!("Section {section}")), None, vec![]);
        for _ in 0..20 {
            let mut draft = Draft::default();
            for _ in 0..4 {
                let words = 6 + dice.below(14);
                draft.push(&dice.sentence(words));
                let mut cite = || DraftCite::new(To::Reference(format!("work-{}", dice.below(references))));
                let cites = vec![cite(), cite()];
                draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
                draft.push(" ");
            }
            b.block(Kind::Paragraph, draft, vec![]);
        }
    }
    let mut article = Article::default();
    article.append(b.finish());
    article
}

/// A work of two authors in a journal.
fn work(dice: &mut Dice) -> Csl {
    let (title, year) = (dice.sentence(7), 1900 + dice.below(125));
    let json = format!(
        r#"{{"type":"article-journal","title":"{title}","container-title":"Journal of {}","volume":"{}",
        "author":[{{"family":"Name{}","given":"Ada"}},{{"family":"Other","given":"B."}}],
        "issued":{{"date-parts":[[{year},6]]}},"DOI":"10.5555/{year}"}}"#,
        WORDS[dice.below(10) as usize],
        dice.below(80),
        dice.below(900),
    );
    serde_json::from_str(&json).unwrap_or_default()
}
