//! `ibid convert`: an article as a bundle or as Markdown, which opens again as the same article.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Fault, Name, open};
use crate::article::{Article, InlineKind, Kind, LinkId, limits, safe};
use crate::export::bundle;
use crate::export::markdown::{Bibliography, markdown, references};
use crate::import::bundle::{Ours, place, rewrite, write_file, write_folder, write_zip};
use crate::import::folder::decoded;
use crate::import::source::Beside;

/// What to write, and where.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The name of OUT decides: .textbundle is a folder, .textpack the same in one file, .md Markdown.\n\
                        Pictures and other files of the article are copied into a bundle.\n\n\
                        Examples:\n  ibid convert page.txt article.textbundle\n  ibid convert article.textpack article.md"
)]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE")]
    pub file: Name,
    /// What to write: NAME.textbundle, NAME.textpack or NAME.md
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    /// Replace what is there
    #[arg(long)]
    pub force: bool,
}

/// The files of an article by their names.
type Files = Vec<(String, Vec<u8>)>;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Folder,
    Pack,
    Markdown,
}

impl Form {
    fn of(out: &Path) -> Result<Self, Fault> {
        let extension = out.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        match extension.as_str() {
            "textbundle" => Ok(Self::Folder),
            "textpack" => Ok(Self::Pack),
            "md" | "markdown" => Ok(Self::Markdown),
            _ => Err(Fault::usage(&format!(
                "{}: what to write is not clear: end the name in .textbundle, .textpack or .md",
                safe::name(out.as_os_str())
            ))),
        }
    }
}

/// Writes an article.
///
/// # Errors
/// When it cannot be read or written, or when something is there already.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let form = Form::of(&args.out)?;
    let shown = safe::name(args.out.as_os_str());
    if !args.force && args.out.symlink_metadata().is_ok() {
        return Err(Fault::document(&shown, &"is there already: use --force to replace it"));
    }
    // Asked before the article is read: standard input can be read once only.
    let place = files_of(&args.file)?;
    let (_, article) = open::article(&args.file)?;
    let wrote = match form {
        Form::Markdown => write_markdown(&args.out, &article),
        Form::Folder => write_folder(&args.out, &files(&article, &place)?),
        Form::Pack => {
            let stem = args.out.file_stem().map(safe::name).unwrap_or_default();
            write_zip(&args.out, &format!("{stem}.textbundle"), &files(&article, &place)?)
        }
    };
    wrote.map_err(|error| Fault::document(&shown, &format!("cannot be written: {error}")))?;
    Ok(ExitCode::SUCCESS)
}

/// Where the files lie that the article names.
pub fn files_of(name: &OsStr) -> Result<Beside, Fault> {
    if name == open::INPUT {
        return Ok(Beside::Nothing);
    }
    let fault = |error| Fault::document(&safe::name(name), &error);
    let (source, _) = open::source(name).map_err(fault)?;
    let beside = source.beside().clone();
    Ok(place(source).map_err(fault)?.unwrap_or(beside))
}

/// The Markdown text; its references inside, or beside it where they are too many for front matter.
fn write_markdown(out: &Path, article: &Article) -> std::io::Result<()> {
    let text = markdown(article, Bibliography::Inline);
    let front = text.find("\n---\n").unwrap_or(0);
    let Some(works) = references(article).filter(|_| front > limits::FRONT_MATTER.most / 2) else {
        return write_file(out, text.as_bytes());
    };
    let name = format!("{}.references.json", out.file_stem().map(safe::name).unwrap_or_default());
    write_file(&out.with_file_name(&name), works.as_bytes())?;
    write_file(out, markdown(article, Bibliography::File(&name)).as_bytes())
}

/// All files of the bundle: the text and references, `info.json`, and what the old bundle or folder has for it.
fn files(article: &Article, place: &Beside) -> Result<Files, Fault> {
    let mut files = bundle::files(article);
    let old =
        place.read("info.json", limits::FRONT_MATTER).ok().filter(|text| text.trim_start().starts_with('{'));
    let meta = &article.meta;
    let ours = Ours {
        source: meta.source.clone(),
        title: meta.title.clone(),
        language: meta.language.clone(),
        importer: if meta.format == "bundle" { String::new() } else { meta.format.to_owned() },
    };
    files.push(("info.json".to_owned(), rewrite(old.as_deref(), &ours).into_bytes()));
    let taken: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let bundled = old.is_some();
    let wanted = if bundled { place.names_in("assets").unwrap_or_default() } else { pictures(article) };
    for name in wanted.into_iter().filter(|name| !taken.contains(name)) {
        let written = name.replace('%', "%25");
        match place.bytes(&written, limits::ENTRY) {
            Ok(bytes) => files.push((name, bytes)),
            // A picture that is not there is missing in the article, too; one that cannot be copied is not.
            Err(error) if bundled => return Err(Fault::document(&safe::line(&name), &error)),
            Err(_) => {}
        }
    }
    Ok(files)
}

/// The pictures that an article shows, by relative paths that stay below its folder.
pub fn pictures(article: &Article) -> Vec<String> {
    let address = |id: LinkId| article.links.get(id.index()).map_or("", |l| &**l);
    let mut found = BTreeSet::new();
    for block in &article.blocks {
        if let Kind::Figure(figure) = &block.kind {
            found.insert(address(figure.image));
        }
        found.extend(block.text.inlines().iter().filter_map(|inline| match inline.kind {
            InlineKind::Image(id) => Some(address(id)),
            _ => None,
        }));
    }
    let paths = found.into_iter().filter_map(|address| {
        let path = address.split(['?', '#']).next().unwrap_or("");
        let local = !path.is_empty() && !path.starts_with('/') && !path.contains(':');
        local
            .then(|| decoded(path))
            .filter(|path| path.split('/').all(|part| !matches!(part, "" | "." | "..")))
    });
    paths.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Source, read};

    fn convert(from: &Path, to: &Path, force: bool) -> Result<ExitCode, Fault> {
        run(&Args { file: from.as_os_str().to_owned(), out: to.to_owned(), force })
    }

    #[test]
    fn a_bundle_keeps_its_files_and_what_others_wrote() {
        let dir = tempfile::tempdir().unwrap();
        let bundle = dir.path().join("a.textbundle");
        let files = [
            ("text.md", "# Title\n\nText.[@a]\n\n![Cap](assets/x.png)\n"),
            ("info.json", r#"{"version":2,"com.other":{"version":1,"k":[1]}}"#),
            ("assets/references.json", r#"[{"id":"a","type":"book","title":"A"}]"#),
            ("assets/x.png", "png"),
            ("assets/deep/y.bin", "y"),
        ];
        let files: Vec<_> = files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())).collect();
        write_folder(&bundle, &files).unwrap();
        let pack = dir.path().join("b.textpack");
        convert(&bundle, &pack, false).unwrap();
        let back = dir.path().join("c.textbundle");
        convert(&pack, &back, false).unwrap();
        let text = |name: &str| std::fs::read_to_string(back.join(name)).unwrap_or_default();
        assert_eq!((text("assets/x.png").as_str(), text("assets/deep/y.bin").as_str()), ("png", "y"));
        assert!(text("info.json").contains("com.other"), "{}", text("info.json"));
        let article = read(Source::open(&back).unwrap()).unwrap();
        assert_eq!((article.meta.title.as_str(), article.references.len()), ("Title", 1));
    }

    #[test]
    fn nothing_is_replaced_unasked() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("a.md"), dir.path().join("b.md"));
        std::fs::write(&from, "# One\n\nText with ![p](pics/p.png).\n").unwrap();
        std::fs::write(&to, "keep").unwrap();
        let fault = convert(&from, &to, false).unwrap_err();
        assert_eq!(fault.status, 1);
        assert!(fault.to_string().ends_with("b.md: is there already: use --force to replace it"), "{fault}");
        assert_eq!(std::fs::read_to_string(&to).unwrap(), "keep");
        convert(&from, &to, true).unwrap();
        assert!(std::fs::read_to_string(&to).unwrap().contains("Text with"));
        assert_eq!(convert(&from, &dir.path().join("c.pdf"), false).unwrap_err().status, 2);
    }

    #[test]
    fn pictures_beside_a_text_go_into_its_bundle() {
        let dir = tempfile::tempdir().unwrap();
        let from = dir.path().join("a.md");
        let text = "![a](pics/a%20b.png) ![b](../out.png) ![c](https://a.example/c.png) ![d](gone.png)\n";
        std::fs::write(&from, text).unwrap();
        std::fs::create_dir(dir.path().join("pics")).unwrap();
        std::fs::write(dir.path().join("pics/a b.png"), "png").unwrap();
        let to = dir.path().join("b.textbundle");
        convert(&from, &to, false).unwrap();
        assert_eq!(std::fs::read_to_string(to.join("pics/a b.png")).unwrap(), "png");
        assert!(!to.join("gone.png").exists());
    }
}
