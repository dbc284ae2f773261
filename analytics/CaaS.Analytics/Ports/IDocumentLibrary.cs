using CaaS.Analytics.Text;

namespace CaaS.Analytics.Ports;

/// <summary>Runbooks and post-mortems that can be searched.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IDocumentLibrary
{
    /// <summary>What is held now.</summary>
    LibraryStanding Standing { get; }

    /// <summary>Finds the documents that fit.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="limit">Most answered.</param>
    /// <returns>Best first; empty when none fits well enough, or when there are none. A document's id is its path in
    /// the folder.</returns>
    IReadOnlyList<TextMatch> Search(TextQuestion question, int limit);
}
