using System.Collections.Immutable;

namespace CaaS.Analytics.Text;

/// <summary>A document that was found.</summary>
/// <param name="Document">The document.</param>
/// <param name="Score">Share of what was asked that it holds, 0 to 1, rare words counting more.</param>
/// <param name="Fit">How well it fits.</param>
/// <param name="Section">Place of its best section, 0-based; -1 when it has none.</param>
/// <param name="Excerpt">The best lines of that section, at most a few hundred characters.</param>
/// <param name="Because">What was asked and found, most telling first, as it was asked.</param>
public sealed record TextMatch(
    TextDocument Document, double Score, Fit Fit, int Section, string Excerpt, ImmutableArray<string> Because)
{
    /// <summary>Heading of the best section, or empty.</summary>
    public string Heading => Section < 0 ? "" : Document.Sections[Section].Heading;
}
