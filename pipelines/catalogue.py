"""The tables that the warehouse makes itself, beside those of the lake and the SQL models, and its schemas."""

SCHEMAS = {
    "raw": "What came in: one row a capture, without its bytes, which stay in the lake.",
    "clean": "Articles and rejects, one row a capture.",
    "facts": "What was read out of the text, each row with the characters that prove it.",
    "ref": "What is known before any article, out of pinned packages: places, peoples, roles, company forms ...",
    "core": "The same, joined up: articles by version, what became of each capture, and who is who across articles.",
    "mart": "What analysts query first.",
    "meta": "What this file was made from.",
}
META = {
    "shards": (
        "The shards of the lake that are loaded.",
        {
            "table": ("VARCHAR", "Table of the lake"),
            "day": ("DATE", "Day of ingest"),
            "shard": ("VARCHAR", "Name of the shard within its day"),
            "path": ("VARCHAR", "Path in the lake"),
            "rows": ("BIGINT", "Rows in the shard"),
            "sha256": ("VARCHAR", "SHA-256 of the file, checked before it was loaded"),
            "version": ("VARCHAR", "Version of the code that wrote it"),
        },
    ),
    "fresh": (
        "The shards whose rows an incremental model is to add: all, except while a publication appends to it.",
        {"path": ("VARCHAR", "Path in the lake")},
    ),
    "touched": (
        "The article versions whose rows a publication makes anew in sliced models; empty but while it does.",
        {
            "version_id": ("VARCHAR", "The article version"),
            "round": ("INTEGER", "Which step of the publication found that it is touched, from 1"),
        },
    ),
    "changed": (
        "What a publication changed in tracked models; empty but while it builds.",
        {
            "model": ("VARCHAR", "Key of the model"),
            "value": ("VARCHAR", "Value of its tracked column: rows that have it came, went or changed"),
        },
    ),
    "models": (
        "The SQL models that are built, in their order.",
        {
            "model": ("VARCHAR", "Key of the model: its path under sql/"),
            "kind": ("VARCHAR", "table, view, incremental, sliced or grouped"),
            "sha256": ("VARCHAR", "SHA-256 of its SQL"),
        },
    ),
    "checks": (
        "The SQL checks, and how many rows broke each when this file was published.",
        {
            "table": ("VARCHAR", "Table that the claim is about"),
            "claim": ("VARCHAR", "The claim: the check's file name"),
            "description": ("VARCHAR", "The claim, in words"),
            "blocking": ("BOOLEAN", "Whether a broken claim stops publication"),
            "query": ("VARCHAR", "Select that gives the rows which break it"),
            "failures": ("BIGINT", "Rows that break the claim"),
            "example": ("VARCHAR", "One such row, as JSON"),
        },
    ),
    "generation": (
        "Which generation this file is.",
        {
            "generation": ("BIGINT", "Number of the generation"),
            "commit": ("BIGINT", "Number of the lake's last commit when it was made"),
            "duckdb": ("VARCHAR", "Version of DuckDB that wrote the file"),
        },
    ),
    "relinked": (
        "Mentions that a publication linked to another entity than before: ids that were written down are found here.",
        {
            "generation": ("BIGINT", "Number of the generation since which it is so"),
            "version_id": ("VARCHAR", "The article version"),
            "mention_id": ("VARCHAR", "`entity_id` as extraction gives it; this never changes"),
            "old_entity_id": ("VARCHAR", "The entity in core.entities until then"),
            "entity_id": ("VARCHAR", "The entity since then"),
            "why": ("VARCHAR", "Why it is this one, as in core.article_entities"),
        },
    ),
    "reference": (
        "What the tables of `ref` were made from.",
        {"version": ("VARCHAR", "SHA-256 over the packages' versions and the lexicons")},
    ),
    "decisions": (
        "The decisions of decisions.csv, in its order.",
        {
            "number": ("INTEGER", "Its place in the file, from 1"),
            "at": ("VARCHAR", "When it was taken, ISO 8601"),
            "who": ("VARCHAR", "Who took it"),
            "what": ("VARCHAR", "merge, split, apart, rename, retype, hide or undo"),
            "entities": ("VARCHAR[]", "The entities it is about, the one that stays first; for an undo, none"),
            "value": ("VARCHAR", "The new name or type; for an undo, the number of the decision undone"),
            "why": ("VARCHAR", "The reason given"),
            "applies": ("BOOLEAN", "Whether it still counts: it is not undone, and no later one took its place"),
        },
    ),
    "rules": (
        "What the decisions that apply come to, as the models of `core` read it.",
        {
            "what": ("VARCHAR", "merge, split, apart, rename, retype or hide"),
            "entity_id": ("VARCHAR", "The entity it is about"),
            "part": (
                "VARCHAR",
                "For a split: the `mention_id` or `article_id` that leaves it; for apart, the other entity",
            ),
            "value": ("VARCHAR", "The entity that it becomes; the new name or type"),
            "number": ("INTEGER", "Number of the decision in meta.decisions"),
        },
    ),
}
REFERENCE = {
    "places": (
        "Cities of 15,000 inhabitants and more, by geonames.org.",
        {
            "place_id": ("VARCHAR", "`geonames:` and the number at geonames.org"),
            "name": ("VARCHAR", "Name in English or the local language"),
            "country": ("VARCHAR", "ISO 3166-1 code of the country, in lower case"),
            "region": ("VARCHAR", "Code of the first-level region at geonames.org, in lower case; `us` has its states"),
            "latitude": ("DOUBLE", "Degrees north"),
            "longitude": ("DOUBLE", "Degrees east"),
            "population": ("BIGINT", "Inhabitants"),
            "is_capital": ("BOOLEAN", "Whether it is the capital of its country"),
        },
    ),
    "place_names": (
        "What the places are called in Latin letters.",
        {
            "key": ("VARCHAR", "Name in lower case without accents, words joined by hyphens"),
            "place_id": ("VARCHAR", "The place"),
            "is_main": ("BOOLEAN", "Whether it is the main name"),
        },
    ),
    "territories": (
        "Countries, first-level regions and other territories, by Wikidata.",
        {
            "entity_id": ("VARCHAR", "Wikidata id"),
            "code": ("VARCHAR", "ISO 3166 code in lower case, as far as there is one"),
            "name": ("VARCHAR", "Name in English"),
            "key": ("VARCHAR", "Name in lower case without accents, words joined by hyphens"),
            "country": ("VARCHAR", "Code of its country"),
            "alpha3": ("VARCHAR", "ISO 3166-1 code of three letters"),
            "is_country": ("BOOLEAN", "Whether it is a country"),
            "latitude": ("DOUBLE", "Degrees north of the mean of its cities, weighted by inhabitants"),
            "longitude": ("DOUBLE", "Degrees east of the same"),
        },
    ),
    "peoples": (
        "Names of peoples and nationalities that are those of one country.",
        {
            "name": ("VARCHAR", "Name in lower case"),
            "country": ("VARCHAR", "ISO 3166 code of the country, in lower case"),
        },
    ),
    "company_forms": (
        "What the names of companies end in.",
        {
            "word": ("VARCHAR", "In lower case, words joined by hyphens"),
            "form": ("VARCHAR", "The legal form by rigour; null for words that may stand for any: company"),
        },
    ),
    "given_forms": (
        "Short forms of given names in English.",
        {
            "short": ("VARCHAR", "The short form in lower case"),
            "name": ("VARCHAR", "A name that it is short for"),
        },
    ),
    "roles": (
        "Words that say what a person does.",
        {
            "word": ("VARCHAR", "A noun in lower case"),
            "field": ("VARCHAR", "Walk of life: public, business, sport, arts, media, science, religion, private, any"),
        },
    ),
}
