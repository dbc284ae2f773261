using System.Collections.Immutable;

namespace CaaS.Analytics.Text;

/// <summary>A text that can be found: a runbook, a post-mortem, an incident of the past.</summary>
/// <param name="Id">Unique in its index.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Labels">What it is about: entities, fault classes, codes. Each is found by its words and as a
/// whole.</param>
/// <param name="Sections">Its text, in order.</param>
public sealed record TextDocument(
    string Id, string Title, ImmutableArray<string> Labels, ImmutableArray<TextSection> Sections);
