using System.Collections.Immutable;

namespace CaaS.Analytics.Text;

/// <summary>Picks the part of a document that answers best.</summary>
internal static class PassagePicker
{
    private const int ExcerptLengthMax = 320;
    private const double HeadingWeight = 2;

    /// <summary>Length up to which a section may hold what it holds: words beyond that thin it out.</summary>
    private const double UsualTokens = 80;

    /// <summary>Picks a section and its best lines.</summary>
    /// <param name="sections">The document's sections.</param>
    /// <param name="worth">What finding each term is worth.</param>
    /// <returns>Its place, 0-based, and the lines; -1 and empty when there is no section.</returns>
    public static (int Section, string Excerpt) Pick(
        ImmutableArray<TextSection> sections, IReadOnlyDictionary<string, double> worth)
    {
        var best = -1;
        var bestScore = -1.0;
        for (var index = 0; index < sections.Length; index++)
        {
            var score = ScoreOf(sections[index], worth);
            if (score > bestScore)
            {
                (best, bestScore) = (index, score);
            }
        }

        return best < 0 ? (-1, "") : (best, Excerpt(sections[best].Body, worth));
    }

    private static double ScoreOf(TextSection section, IReadOnlyDictionary<string, double> worth)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        var body = OperationsTokens.Of(section.Body);
        foreach (var token in body)
        {
            counts[token.Term] = counts.GetValueOrDefault(token.Term) + 1;
        }

        foreach (var token in OperationsTokens.Of(section.Heading))
        {
            counts[token.Term] = counts.GetValueOrDefault(token.Term) + HeadingWeight;
        }

        // In the order of the query, so that the sum is the same to the last bit.
        var thin = 0.5 + (0.5 * Math.Max(1, body.Count / UsualTokens));
        return worth.Sum(pair => counts.TryGetValue(pair.Key, out var count) ? pair.Value * (count / (count + thin)) : 0);
    }

    /// <summary>The line that is worth most, with what follows it.</summary>
    private static string Excerpt(string body, IReadOnlyDictionary<string, double> worth)
    {
        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Sum(line => line.Length + 1) <= ExcerptLengthMax)
        {
            return string.Join('\n', lines);
        }

        var best = 0;
        var bestScore = -1.0;
        for (var index = 0; index < lines.Length; index++)
        {
            var score = OperationsTokens.Of(lines[index]).Select(token => token.Term).Distinct(StringComparer.Ordinal)
                .Sum(term => worth.GetValueOrDefault(term));
            if (score > bestScore)
            {
                (best, bestScore) = (index, score);
            }
        }

        var text = string.Join('\n', lines.Skip(best));
        if (text.Length <= ExcerptLengthMax)
        {
            return text;
        }

        var cut = text.LastIndexOfAny([' ', '\n'], ExcerptLengthMax - 1);
        return $"{text[..(cut > ExcerptLengthMax / 2 ? cut : ExcerptLengthMax - 1)].TrimEnd()}…";
    }
}
