namespace CaaS.Client.Wire;

/// <summary>A runbook or post-mortem that was found.</summary>
/// <param name="Path">Its path in the folder.</param>
/// <param name="Title">Its title.</param>
/// <param name="Heading">Heading of its best section; empty when that has none.</param>
/// <param name="Excerpt">The best lines of that section, plain text.</param>
/// <param name="Fit">How well it fits.</param>
/// <param name="Score">Share of what was asked that it holds, 0 to 1, rare words counting more.</param>
/// <param name="Because">What was asked and found, most telling first.</param>
/// <param name="Mentions">Entities, codes, reasons, hosts and versions its best section names.</param>
public sealed record DocumentMatch(
    string Path,
    string Title,
    string Heading,
    string Excerpt,
    Fit Fit,
    double Score,
    IReadOnlyList<string> Because,
    IReadOnlyList<Mention> Mentions);
