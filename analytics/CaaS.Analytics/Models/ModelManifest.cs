namespace CaaS.Analytics.Models;

/// <summary>What a version of a model is; never changes.</summary>
/// <param name="Kind">What it judges, such as <c>usefulness</c>.</param>
/// <param name="Version">From 1; of one kind no two are equal.</param>
/// <param name="TrainedAt">When it was trained, UTC.</param>
/// <param name="TrainedFrom">First example learned from, UTC.</param>
/// <param name="TrainedTo">Last example learned from, UTC: all later ones are held back from it.</param>
/// <param name="JudgedTo">Last judged example there was, UTC; those after are new.</param>
/// <param name="Positive">Examples learned from that people called positive.</param>
/// <param name="Negative">Examples learned from that people called negative.</param>
/// <param name="Unlabelled">Examples learned from without a label, which show what is usual.</param>
/// <param name="Seed">Seed of everything random in its training.</param>
/// <param name="Features">Names of the features, in order.</param>
/// <param name="Metrics">Figures over what it learned from, by name; not a measure of quality.</param>
/// <param name="Parent">Version that was active when it was trained, or 0.</param>
public sealed record ModelManifest(
    string Kind,
    int Version,
    DateTimeOffset TrainedAt,
    DateTimeOffset TrainedFrom,
    DateTimeOffset TrainedTo,
    DateTimeOffset JudgedTo,
    int Positive,
    int Negative,
    int Unlabelled,
    int Seed,
    IReadOnlyList<string> Features,
    IReadOnlyDictionary<string, double> Metrics,
    int Parent)
{
    /// <summary>Kind and version, as it is named beside what it says.</summary>
    public string Name => FormattableString.Invariant($"{Kind}-{Version}");

    /// <summary>What somebody would say who knew only how often the label was positive (Laplace's rule of
    /// succession).</summary>
    public double BaseRate => (Positive + 1.0) / (Positive + Negative + 2.0);
}
