//! The words that an encyclopedia puts around an article, in the languages it is read in.

/// What stands beside a heading for those who may change the page.
const EDIT: &[&str] = &[
    "edit",
    "edit source",
    "bearbeiten",
    "quelltext bearbeiten",
    "modifier",
    "modifier le code",
    "modifier le wikicode",
    "editar",
    "editar código",
    "editar código-fonte",
    "editar a fonte",
    "modifica",
    "modifica wikitesto",
    "modifica sorgente",
    "bewerken",
    "brontekst bewerken",
    "править",
    "править код",
    "править исходный текст",
    "править вики-текст",
    "редагувати",
    "редагувати код",
    "編集",
    "ソースを編集",
    "编辑",
    "編輯",
    "编辑源代码",
    "編輯原始碼",
    "편집",
    "원본 편집",
    "עריכה",
    "עריכת קוד מקור",
    "تعديل",
    "عدل",
    "تعديل المصدر",
    "ویرایش",
    "edytuj",
    "edytuj kod",
    "redigera",
    "redigera wikitext",
    "rediger",
    "rediger kilde",
    "redigér",
    "redigér wikikode",
    "muokkaa",
    "muokkaa wikitekstiä",
    "editovat",
    "editovat zdroj",
    "upravit",
    "szerkesztés",
    "forrásszöveg szerkesztése",
    "değiştir",
    "kaynağı değiştir",
    "modificare",
    "modificare sursă",
    "sửa",
    "sửa mã nguồn",
    "sunting",
    "sunting sumber",
    "επεξεργασία",
    "επεξεργασία κώδικα",
    "แก้ไข",
    "uredi",
    "edita",
];

/// The title of a heading with its `[edit]` taken off; empty for a line that is nothing but that.
pub fn before_edit(line: &str) -> Option<&str> {
    let line = line.trim();
    let inner = line.strip_suffix(']')?;
    let at = inner.rfind('[')?;
    let mut parts = inner[at + 1..].split('|').map(|p| p.trim().to_lowercase());
    parts.all(|part| EDIT.contains(&part.as_str())).then(|| line[..at].trim_end())
}

/// Whole lines that are no part of an article.
const CHROME: &[&str] = &[
    "jump to content",
    "jump to navigation",
    "jump to search",
    "jump to navigation jump to search",
    "jump to: navigation, search",
    "zum inhalt springen",
    "zur navigation springen zur suche springen",
    "aller au contenu",
    "aller à la navigation aller à la recherche",
    "ir al contenido",
    "ir a la navegación ir a la búsqueda",
    "vai al contenuto",
    "vai alla navigazione vai alla ricerca",
    "ir para o conteúdo",
    "ga naar inhoud",
    "naar navigatie springen naar zoeken springen",
    "перейти к содержанию",
    "перейти к навигации перейти к поиску",
    "コンテンツにスキップ",
    "ナビゲーションに移動 検索に移動",
    "跳转到内容",
    "跳轉到內容",
    "跳转到导航 跳转到搜索",
    "본문으로 이동",
    "przejdź do zawartości",
    "hoppa till innehållet",
    "[hide]",
    "[show]",
    "[ ]",
];

/// How the line under the title begins.
const TAGLINES: &[&str] = &[
    "From Wikipedia",
    "Aus Wikipedia",
    "aus Wikipedia",
    "Un article de Wikipédia",
    "De Wikipedia",
    "Da Wikipedia",
    "Origem: Wikipédia",
    "Uit Wikipedia",
    "Материал из Википедии",
    "Матеріал з Вікіпедії",
    "出典: フリー百科事典",
    "维基百科，自由的百科全书",
    "維基百科，自由的百科全書",
    "위키백과",
    "מתוך ויקיפדיה",
    "Z Wikipedii",
    "Från Wikipedia",
    "Fra Wikipedia",
    "Wikipediasta",
    "Vikipedi, özgür",
    "A Wikipédiából",
    "De la Wikipedia",
    "Z Wikipedie",
];

/// How the line that names the way to the page begins.
const REDIRECTED: &[&str] = &[
    "(Redirected from",
    "(Weitergeleitet von",
    "(Redirigé depuis",
    "(Redirigido desde",
    "(перенаправлено с",
];

/// What the table of contents is called.
const CONTENTS: &[&str] = &[
    "contents",
    "inhaltsverzeichnis",
    "sommaire",
    "índice",
    "indice",
    "contenido",
    "inhoud",
    "содержание",
    "зміст",
    "目次",
    "目录",
    "目錄",
    "목차",
    "תוכן עניינים",
    "spis treści",
    "innehåll",
];

/// Headings of lists of notes.
const NOTES: &[&str] = &[
    "notes",
    "footnotes",
    "explanatory notes",
    "informational notes",
    "anmerkungen",
    "fußnoten",
    "notas",
    "note",
    "noten",
    "voetnoten",
    "примечания и комментарии",
    "комментарии",
    "注釈",
    "注释",
    "註釋",
    "注解",
    "הערות",
    "ביאורים",
    "uwagi",
    "noter",
];

/// Headings of lists of references.
const REFERENCES: &[&str] = &[
    "references",
    "citations",
    "notes and references",
    "works cited",
    "sources",
    "einzelnachweise",
    "belege",
    "références",
    "notes et références",
    "referencias",
    "referências",
    "riferimenti",
    "note e riferimenti",
    "referenties",
    "bronnen",
    "примечания",
    "источники",
    "примітки",
    "脚注",
    "出典",
    "参考资料",
    "參考資料",
    "参考文献",
    "각주",
    "הערות שוליים",
    "przypisy",
    "referenser",
    "viitteet",
    "kaynakça",
];

/// Headings of lists of links and works.
const LISTS: &[&str] = &[
    "see also",
    "external links",
    "further reading",
    "bibliography",
    "sources",
    "works cited",
    "references",
    "siehe auch",
    "weblinks",
    "literatur",
    "voir aussi",
    "liens externes",
    "bibliographie",
    "articles connexes",
    "véase también",
    "enlaces externos",
    "bibliografía",
    "voci correlate",
    "collegamenti esterni",
    "bibliografia",
    "ver também",
    "ligações externas",
    "zie ook",
    "externe links",
    "literatuur",
    "см. также",
    "ссылки",
    "литература",
    "источники",
    "関連項目",
    "外部リンク",
    "参考文献",
    "参见",
    "参看",
    "外部链接",
    "參見",
    "ראו גם",
    "קישורים חיצוניים",
    "לקריאה נוספת",
];

fn is_one_of(line: &str, words: &[&str]) -> bool {
    words.contains(&line.trim().to_lowercase().as_str())
}

/// True for a line that leads elsewhere on the page and is no part of the article.
pub fn is_chrome(line: &str) -> bool {
    is_one_of(line, CHROME)
        || REDIRECTED.iter().any(|r| line.starts_with(r))
        || line.starts_with("#alternate ")
        || is_tagline(line)
}

/// True for the line under the title that names the encyclopedia.
pub fn is_tagline(line: &str) -> bool {
    line.chars().count() < 80 && TAGLINES.iter().any(|t| line.starts_with(t))
}

/// True for the line above the table of contents; `[hide]` may follow it.
pub fn is_contents(line: &str) -> bool {
    is_one_of(line.split('[').next().unwrap_or(line), CONTENTS)
}

/// True for the heading of a list of notes.
pub fn is_notes(heading: &str) -> bool {
    is_one_of(heading, NOTES)
}

/// True for the heading of a list of references.
pub fn is_references(heading: &str) -> bool {
    is_one_of(heading, REFERENCES)
}

/// True for a heading under which every line is an item.
pub fn is_list(heading: &str) -> bool {
    is_one_of(heading, LISTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edit_links_are_known() {
        let cases = [
            ("History[edit]", Some("History")),
            ("[edit]", Some("")),
            ("Titel [Bearbeiten | Quelltext bearbeiten]", Some("Titel")),
            ("Histoire[modifier | modifier le code]", Some("Histoire")),
            ("歴史[編集]", Some("歴史")),
            ("A [edit] in a sentence", None),
            ("An [aside]", None),
            ("[12]", None),
            ("edit", None),
        ];
        for (line, expected) in cases {
            assert_eq!(before_edit(line), expected, "{line}");
        }
    }

    #[test]
    fn lines_around_the_article_are_known() {
        for line in
            ["Jump to content", "From Wikipedia, the free encyclopedia", "(Redirected from X)", "[hide]"]
        {
            assert!(is_chrome(line), "{line}");
        }
        assert!(!is_chrome(
            "From Wikipedia to a paragraph: this sentence is a long one, and it is a part of the article."
        ));
        assert!(is_contents("Contents [hide]") && is_notes("Footnotes") && is_references("Références"));
    }
}
