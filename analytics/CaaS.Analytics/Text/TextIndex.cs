using System.Collections.Immutable;

namespace CaaS.Analytics.Text;

/// <summary>Finds documents by words, and says when none fits.</summary>
/// <remarks>
/// BM25F: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), 3.4 to 3.6: the
/// occurrences of a term are weighted by field and length, added, and saturate once. Two departures. The score of each
/// part of a question is divided by the most it could be, and these shares are averaged by weight: scores of different
/// questions can then be compared with a threshold, which is what lets it answer "nothing". And ten documents that hold
/// nothing are supposed, so that in a folder of three a word is not common because one document has it. Documents may
/// be put and removed at any time, in any order: equal contents give equal answers, whatever their history. Cost of a
/// search: O(documents that hold a term, summed over the terms). Not thread-safe.
/// </remarks>
/// <param name="limits">How much it holds.</param>
public sealed class TextIndex(TextIndexLimits limits)
{
    private const double Saturation = 1.2;
    private const double SupposedDocuments = 10;

    // What tells less than this share of the most telling term is no reason to name.
    private const double TellingShare = 0.12;

    // Titles and labels say what a document is about, and say it once. The longer a text the less a word in it tells;
    // short fields vary for reasons that tell nothing. Weights and normalisation in the order of TextField.
    private static readonly double[] Weights = [3, 2.5, 2, 1];
    private static readonly double[] Normalisation = [0.3, 0.5, 0.4, 0.6];

    private readonly Dictionary<string, IndexedText> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, IndexedText>> _postings = new(StringComparer.Ordinal);
    private readonly long[] _lengths = new long[FieldCounts.Length];

    /// <summary>Documents held.</summary>
    public int Count => _texts.Count;

    /// <summary>Characters of all documents held.</summary>
    public long Characters { get; private set; }

    /// <summary>Puts a document in, in place of the one with its id.</summary>
    /// <param name="document">The document.</param>
    /// <returns>False when there is no room: it is not in the index then, nor is what it would have replaced.</returns>
    public bool Put(TextDocument document)
    {
        Remove(document.Id);
        if (_texts.Count >= limits.MaxDocuments
            || Characters + IndexedText.CharactersOf(document) > limits.MaxCharacters)
        {
            return false;
        }

        var text = IndexedText.Of(document);
        _texts.Add(document.Id, text);
        Account(text, 1);
        foreach (var term in text.Terms.Keys)
        {
            if (!_postings.TryGetValue(term, out var holders))
            {
                _postings.Add(term, holders = new SortedDictionary<string, IndexedText>(StringComparer.Ordinal));
            }

            holders.Add(document.Id, text);
        }

        return true;
    }

    /// <summary>Takes a document out.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>False when it was not there.</returns>
    public bool Remove(string id)
    {
        if (!_texts.Remove(id, out var text))
        {
            return false;
        }

        Account(text, -1);
        foreach (var term in text.Terms.Keys)
        {
            var holders = _postings[term];
            holders.Remove(id);
            if (holders.Count == 0)
            {
                _postings.Remove(term);
            }
        }

        return true;
    }

    /// <summary>Finds the documents that fit.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="limit">Most answered.</param>
    /// <param name="isWanted">Leaves out what it is false for; null for all.</param>
    /// <returns>Best first, equal ones by id; empty when none fits well enough.</returns>
    public ImmutableArray<TextMatch> Search(TextQuestion question, int limit, Func<string, bool>? isWanted = null)
    {
        var parts = question.Parts.Take(TextQuestion.MaxParts).Select(part => (Part: part, Terms: AskedTerm.Of(part)))
            .Where(part => part.Terms.Count > 0).ToArray();
        var shares = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        for (var part = 0; part < parts.Length; part++)
        {
            Share(parts[part].Terms, part, parts.Length, shares);
        }

        var weight = parts.Where(part => !part.Part.IsBonus).Sum(part => part.Part.Weight);
        var hasKey = parts.Any(part => part.Part.IsKey);
        var found = new List<(double Score, string Id)>();
        foreach (var (id, of) in shares)
        {
            var score = 0.0;
            var key = 0.0;
            for (var part = 0; part < of.Length; part++)
            {
                score += parts[part].Part.Weight * of[part] / Math.Max(weight, 1e-9);
                key = parts[part].Part.IsKey ? Math.Max(key, of[part]) : key;
            }

            if (score >= question.MayFitAt && (!hasKey || key >= question.KeyAt) && (isWanted is null || isWanted(id)))
            {
                found.Add((Math.Min(1, score), id));
            }
        }

        var shade = found.Count == 0 ? 0 : question.ShadeAt * found.Max(one => one.Score);

        return
        [
            .. found.Where(one => one.Score >= shade).OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).Take(limit)
                .Select(one => Explain(_texts[one.Id], one.Score, question, parts)),
        ];
    }

    private void Account(IndexedText text, int sign)
    {
        Characters += sign * text.Characters;
        for (var field = 0; field < FieldCounts.Length; field++)
        {
            _lengths[field] += sign * text.Lengths[field];
        }
    }

    /// <summary>Adds to every document the share of a part's worth that it holds.</summary>
    private void Share(
        IReadOnlyList<AskedTerm> terms, int part, int partCount, SortedDictionary<string, double[]> shares)
    {
        var most = terms.Where(term => !term.IsExtra).Sum(term => Rarity(term.Term));
        if (most <= 0)
        {
            most = terms.Sum(term => Rarity(term.Term));
        }

        foreach (var term in terms)
        {
            var rarity = Rarity(term.Term);
            foreach (var (id, text) in _postings.GetValueOrDefault(term.Term) ?? [])
            {
                if (!shares.TryGetValue(id, out var of))
                {
                    shares.Add(id, of = new double[partCount]);
                }

                of[part] = Math.Min(1, of[part] + (rarity * Strength(text, term.Term) / most));
            }
        }
    }

    /// <summary>How much a term tells: Robertson's and Spärck Jones' weight, kept above zero, nats.</summary>
    private double Rarity(string term)
    {
        var holders = _postings.TryGetValue(term, out var found) ? found.Count : 0;
        return Math.Log(1 + ((_texts.Count + SupposedDocuments - holders + 0.5) / (holders + 0.5)));
    }

    /// <summary>How strongly a document holds a term, 0 to 1.</summary>
    private double Strength(IndexedText text, string term)
    {
        var counts = text.Terms[term];
        var weighted = 0.0;
        for (var field = 0; field < FieldCounts.Length; field++)
        {
            if (counts[field] > 0)
            {
                var average = Math.Max(1, (double)_lengths[field] / _texts.Count);
                var relative = 1 - Normalisation[field] + (Normalisation[field] * text.Lengths[field] / average);
                weighted += Weights[field] * counts[field] / relative;
            }
        }

        return weighted / (Saturation + weighted);
    }

    private TextMatch Explain(
        IndexedText text, double score, TextQuestion question, (QuestionPart Part, IReadOnlyList<AskedTerm> Terms)[] parts)
    {
        var worth = new Dictionary<string, double>(StringComparer.Ordinal);
        var surfaces = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (part, terms) in parts)
        {
            var most = terms.Sum(term => Rarity(term.Term));
            foreach (var term in terms)
            {
                var value = part.Weight * Rarity(term.Term) / most;
                worth[term.Term] = worth.GetValueOrDefault(term.Term) + value;
                surfaces.TryAdd(term.Term, term.Surface);
            }
        }

        var (section, excerpt) = PassagePicker.Pick(text.Document.Sections, worth);
        var told = worth.Where(pair => text.Terms.ContainsKey(pair.Key))
            .Select(pair => (Term: pair.Key, Worth: pair.Value * Strength(text, pair.Key)))
            .OrderByDescending(one => one.Worth).ThenBy(one => one.Term, StringComparer.Ordinal).ToArray();
        return new TextMatch(
            text.Document, score, score >= question.FitsAt ? Fit.Fits : Fit.MayFit, section, excerpt,
            Telling(told.Where(one => one.Worth >= TellingShare * told[0].Worth).Select(one => surfaces[one.Term])));
    }

    /// <summary>The first few that do not repeat each other.</summary>
    private static ImmutableArray<string> Telling(IEnumerable<string> surfaces)
    {
        const int Most = 5;
        var told = new List<string>();
        foreach (var surface in surfaces)
        {
            if (told.Count < Most
                && !told.Exists(other => other.Contains(surface, StringComparison.OrdinalIgnoreCase)))
            {
                told.RemoveAll(other => surface.Contains(other, StringComparison.OrdinalIgnoreCase));
                told.Add(surface);
            }
        }

        return [.. told];
    }
}
