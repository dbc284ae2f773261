namespace CaaS.Analytics.Text;

/// <summary>How much an index holds.</summary>
/// <param name="MaxDocuments">Documents; more are refused.</param>
/// <param name="MaxCharacters">Characters of all documents together; two bytes each are kept for showing them, and
/// their terms take about as much again.</param>
public sealed record TextIndexLimits(int MaxDocuments, long MaxCharacters);
